using CostLedger.Querying.Retrying;
using CostLedger.Records;

namespace CostLedger.Querying.Attempts;

/// <summary>Attempts whose answer was not used, and what they took.</summary>
/// <param name="Attempts">How many.</param>
/// <param name="Time">Their durations, added up.</param>
/// <param name="Cost">Their costs, added up; estimates are in it.</param>
/// <param name="Unpriced">How many of them have a cost that is not known, and is not in <paramref name="Cost"/>.</param>
public readonly record struct Waste(long Attempts, TimeSpan Time, NanoUsd Cost, long Unpriced)
{
    /// <summary>Adds two.</summary>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static Waste operator +(Waste left, Waste right) =>
        new(left.Attempts + right.Attempts, Times.Sum(left.Time, right.Time), left.Cost + right.Cost, left.Unpriced + right.Unpriced);
}
