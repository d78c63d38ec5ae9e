namespace Testing.Otlp;

/// <summary>A point of a metric.</summary>
/// <param name="Attributes">The attributes.</param>
/// <param name="Value">The value of a gauge or sum; the sum of a histogram.</param>
/// <param name="Count">The number of measurements of a histogram.</param>
/// <param name="Bounds">The bounds of a histogram.</param>
/// <param name="BucketCounts">The counts between the bounds.</param>
public sealed record OtlpPoint(
    IReadOnlyDictionary<string, object?> Attributes,
    double Value,
    long Count,
    IReadOnlyList<double> Bounds,
    IReadOnlyList<ulong> BucketCounts);
