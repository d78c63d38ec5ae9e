namespace Testing.Otlp;

/// <summary>A log record as it arrived.</summary>
public sealed record OtlpLog
{
    /// <summary>Who made it.</summary>
    public required OtlpOrigin Origin { get; init; }

    /// <summary>The name of the event; empty where it is none.</summary>
    public required string EventName { get; init; }

    /// <summary>The severity, as OTLP numbers it: 5 debug, 9 information, 13 warning.</summary>
    public required int Severity { get; init; }

    /// <summary>What it says.</summary>
    public required object? Body { get; init; }

    /// <summary>The trace that it belongs to, in hex; empty for none.</summary>
    public required string TraceId { get; init; }

    /// <summary>The span that it belongs to, in hex; empty for none.</summary>
    public required string SpanId { get; init; }

    /// <summary>The attributes: strings, bools, longs, doubles, lists or maps of them.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }
}
