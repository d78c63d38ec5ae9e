namespace Testing.Otlp;

/// <summary>An event of a span.</summary>
/// <param name="Name">The name.</param>
/// <param name="TimeNs">When, in nanoseconds since 1970.</param>
/// <param name="Attributes">The attributes.</param>
public sealed record OtlpSpanEvent(string Name, long TimeNs, IReadOnlyDictionary<string, object?> Attributes);
