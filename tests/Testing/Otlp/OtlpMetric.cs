namespace Testing.Otlp;

/// <summary>A metric as it arrived.</summary>
/// <param name="Origin">Who made it.</param>
/// <param name="Name">The name.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Kind">The kind: <c>gauge</c>, <c>sum</c>, <c>histogram</c>, <c>exponential_histogram</c>.</param>
/// <param name="IsMonotonic">Whether a sum only grows.</param>
/// <param name="Points">The points.</param>
public sealed record OtlpMetric(
    OtlpOrigin Origin,
    string Name,
    string Unit,
    string Kind,
    bool IsMonotonic,
    IReadOnlyList<OtlpPoint> Points);
