namespace Testing.Recorded;

/// <summary>Middle and ninth tenth of errors.</summary>
public readonly record struct Quantiles(int Count, double Median, double Ninetieth)
{
    /// <summary>Of some errors, in any order.</summary>
    public static Quantiles Of(IEnumerable<double> errors)
    {
        var sorted = errors.Order().ToArray();
        return sorted.Length == 0
            ? new Quantiles(0, double.NaN, double.NaN)
            : new Quantiles(sorted.Length, sorted[(sorted.Length - 1) / 2], sorted[(int)(0.9 * (sorted.Length - 1))]);
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 0 ? "-" : FormattableString.Invariant($"{100 * Median:0.00} / {100 * Ninetieth:0.0} ({Count})");
}
