namespace Testing.Otlp;

/// <summary>A span as it arrived.</summary>
public sealed record OtlpSpan
{
    /// <summary>Who made it.</summary>
    public required OtlpOrigin Origin { get; init; }

    /// <summary>The trace, in hex.</summary>
    public required string TraceId { get; init; }

    /// <summary>The span, in hex.</summary>
    public required string SpanId { get; init; }

    /// <summary>Its parent, in hex; empty for a root.</summary>
    public required string ParentSpanId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind, as OTLP numbers it: 1 internal, 3 client.</summary>
    public required int Kind { get; init; }

    /// <summary>The start, in nanoseconds since 1970.</summary>
    public required long StartNs { get; init; }

    /// <summary>The end, in nanoseconds since 1970.</summary>
    public required long EndNs { get; init; }

    /// <summary>The attributes: strings, bools, longs, doubles, or lists of them.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    /// <summary>The events.</summary>
    public required IReadOnlyList<OtlpSpanEvent> Events { get; init; }

    /// <summary>The spans that are linked, in hex.</summary>
    public required IReadOnlyList<string> LinkedSpanIds { get; init; }

    /// <summary>The status: 0 unset, 1 ok, 2 error.</summary>
    public required int Status { get; init; }

    /// <summary>What is said about the status.</summary>
    public required string StatusMessage { get; init; }
}
