using System.Globalization;

namespace CostLedger.Records;

/// <summary>An amount of money: a whole number of nano-dollars (10⁻⁹ USD). Sums are checked; nothing is rounded silently.</summary>
/// <param name="Value">The number of nano-dollars; negative for savings that are losses.</param>
public readonly record struct NanoUsd(long Value) : IComparable<NanoUsd>
{
    /// <summary>Nano-dollars in a dollar.</summary>
    public const long PerDollar = 1_000_000_000;

    /// <summary>No money at all.</summary>
    public static NanoUsd Zero => default;

    /// <summary>Adds two amounts.</summary>
    /// <exception cref="OverflowException">The sum is beyond about 9.2 billion dollars.</exception>
    public static NanoUsd operator +(NanoUsd left, NanoUsd right) => new(checked(left.Value + right.Value));

    /// <summary>Subtracts an amount.</summary>
    /// <exception cref="OverflowException">The difference is beyond about 9.2 billion dollars.</exception>
    public static NanoUsd operator -(NanoUsd left, NanoUsd right) => new(checked(left.Value - right.Value));

    /// <summary>Whether <paramref name="left"/> is less.</summary>
    public static bool operator <(NanoUsd left, NanoUsd right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is more.</summary>
    public static bool operator >(NanoUsd left, NanoUsd right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is less or equal.</summary>
    public static bool operator <=(NanoUsd left, NanoUsd right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is more or equal.</summary>
    public static bool operator >=(NanoUsd left, NanoUsd right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(NanoUsd other) => Value.CompareTo(other.Value);

    /// <summary>The amount as dollars for telemetry, where a floating-point number is expected; never used to compute money.</summary>
    /// <returns>The nearest double.</returns>
    public double ToDouble() => (double)((decimal)Value / PerDollar);

    /// <summary>Dollars with nine decimal places, invariant: <c>0.000412500</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ((decimal)Value / PerDollar).ToString("F9", CultureInfo.InvariantCulture);
}
