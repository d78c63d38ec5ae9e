using System.Globalization;
using System.Numerics;
using CostLedger.Records;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Documents;

/// <summary>The numbers of a document, each known or not.</summary>
internal sealed class Counts
{
    /// <summary>More than any answer can have; the sum of a few of them times any price is far from overflowing.</summary>
    private const long Largest = 1_000_000_000;

    private readonly long[] _values = new long[(int)Field.LastNumber + 1];
    private uint _known;

    public long? this[Field field] => (_known & Bit(field)) != 0 ? _values[(int)field] : null;

    /// <summary>Reads a count as it was written; <c>12.0</c> and <c>1e3</c> are whole numbers too.</summary>
    /// <returns>Whether it is a whole number from zero to a billion.</returns>
    public static bool TryParse(ReadOnlySpan<byte> number, out long value)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            const NumberStyles Written = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (!double.TryParse(number, Written, CultureInfo.InvariantCulture, out var real) || real > Largest || !double.IsInteger(real))
            {
                return false;
            }

            value = (long)real;
        }

        return value is >= 0 and <= Largest;
    }

    public void Set(Field field, long value)
    {
        _values[(int)field] = value;
        _known |= Bit(field);
    }

    public void Clear() => _known = 0;

    public void ClearUsage() => _known &= ~((Bit(Field.LastUsage) << 1) - 1);

    /// <summary>Takes over what the other knows; keeps what it does not.</summary>
    public void Merge(Counts other)
    {
        for (var left = other._known; left != 0; left &= left - 1)
        {
            var index = BitOperations.TrailingZeroCount(left);
            _values[index] = other._values[index];
        }

        _known |= other._known;
    }

    public UsageIteration ToIteration(string type, string? model) => new()
    {
        Type = type,
        Model = model,
        InputTokens = this[Field.Input],
        OutputTokens = this[Field.Output],
        CacheReadInputTokens = this[Field.CacheRead],
        CacheCreationInputTokens = this[Field.CacheWrite],
        CacheCreation5mInputTokens = this[Field.CacheWrite5m],
        CacheCreation1hInputTokens = this[Field.CacheWrite1h],
    };

    private static uint Bit(Field field) => 1U << (int)field;
}
