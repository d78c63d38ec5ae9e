using System.Buffers.Binary;
using CostLedger.Querying.Reading;

namespace CostLedger.Querying.Scanning;

/// <summary>Reads the numbers of a group's key from a row.</summary>
/// <param name="dimensions">What they come from.</param>
/// <param name="zone">Whose clocks time is cut by.</param>
internal sealed class KeyReader(IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone)
{
    private readonly TimeSlots?[] _slots = [.. dimensions.Select(d => d.Column is null ? new TimeSlots(d.Unit, zone) : null)];
    private readonly bool _needsTime = dimensions.Any(d => d.Column is null);

    /// <summary>How many numbers a key has.</summary>
    public int Length => _slots.Length;

    /// <summary>The columns that <see cref="Read"/> needs, each with a comma after it.</summary>
    public string Columns { get; } = string.Concat(dimensions.Select(d => (d.Column ?? "0") + ", "));

    /// <summary>Reads the key of the statement's current row.</summary>
    /// <param name="row">The statement; its first column is the attempt's key.</param>
    /// <param name="first">The number of the first of <see cref="Columns"/>.</param>
    /// <param name="key">The key.</param>
    public void Read(Statement row, int first, Span<long> key)
    {
        var time = _needsTime ? TimeOf(row.Bytes(0)) : 0;
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = _slots[i] is { } slots ? slots.Of(time) : row.Int64(first + i);
        }
    }

    // The first 48 bits of a key are milliseconds.
    private static long TimeOf(ReadOnlySpan<byte> key) =>
        key.Length < sizeof(long) ? 0 : (long)(BinaryPrimitives.ReadUInt64BigEndian(key) >> 16);
}
