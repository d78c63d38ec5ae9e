using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CostLedger.Records;

/// <summary>
/// The ledger's key of one attempt: a ULID (https://github.com/ulid/spec) whose first bits are the attempt's start,
/// so that keys sort by time. 48 bits of Unix milliseconds, 10 bits of microseconds within the millisecond, 70 random bits.
/// </summary>
/// <param name="Value">The 128 bits, most significant first.</param>
public readonly record struct CallId(UInt128 Value) : IComparable<CallId>
{
    /// <summary>The number of bytes of the binary form.</summary>
    public const int ByteCount = 16;

    private const int TextLength = 26;
    private const int RandomBits = 70;
    private const long MicrosecondsPerMillisecond = 1000;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The start of the attempt, in UTC, to the microsecond.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMicroseconds(
        ((long)(Value >> 80) * MicrosecondsPerMillisecond) + (long)((Value >> RandomBits) & 0x3FF));

    /// <summary>Makes a key for an attempt that starts at <paramref name="startedAt"/>.</summary>
    /// <param name="startedAt">The start; times before 1970 count as 1970.</param>
    /// <param name="random">Random bits; only the lowest 70 are used.</param>
    /// <returns>The key.</returns>
    public static CallId Create(DateTimeOffset startedAt, UInt128 random)
    {
        var low = random & ((UInt128.One << RandomBits) - 1);
        return new CallId(FirstAt(startedAt).Value | low);
    }

    /// <summary>The smallest key that an attempt started at <paramref name="time"/> can have: a bound for range queries.</summary>
    /// <param name="time">The time; times before 1970 count as 1970.</param>
    /// <returns>The key with all random bits zero.</returns>
    public static CallId FirstAt(DateTimeOffset time)
    {
        var ticks = Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks);
        var microseconds = (ulong)(ticks / TimeSpan.TicksPerMicrosecond);
        var (milliseconds, rest) = Math.DivRem(microseconds, MicrosecondsPerMillisecond);
        return new CallId(((UInt128)milliseconds << 80) | ((UInt128)rest << RandomBits));
    }

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">At least 16 bytes, most significant first.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 16 bytes were given.</exception>
    public static CallId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Reads the text form; lower case is accepted.</summary>
    /// <param name="text">26 characters of Crockford's base 32.</param>
    /// <param name="id">The key.</param>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CallId id)
    {
        id = default;
        if (text is not { Length: TextLength } || text[0] > '7')
        {
            return false;
        }

        var value = UInt128.Zero;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        id = new CallId(value);
        return true;
    }

    /// <summary>Writes the binary form.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    public void WriteBytes(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <inheritdoc/>
    public int CompareTo(CallId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(CallId left, CallId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(CallId left, CallId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> sorts before or equals <paramref name="right"/>.</summary>
    public static bool operator <=(CallId left, CallId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> sorts after or equals <paramref name="right"/>.</summary>
    public static bool operator >=(CallId left, CallId right) => left.Value >= right.Value;

    /// <summary>The text form: 26 characters of Crockford's base 32.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(TextLength, Value, static (text, value) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }
    });
}
