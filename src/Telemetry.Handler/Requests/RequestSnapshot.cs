namespace Telemetry.Handler.Requests;

/// <summary>What a request asks for, without anything of its content.</summary>
internal sealed record RequestSnapshot
{
    public static RequestSnapshot Empty { get; } = new();

    public string? Model { get; init; }

    public bool? Stream { get; init; }

    public long? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public long? TopK { get; init; }

    public string? ServiceTier { get; init; }

    public string? Speed { get; init; }

    public string? InferenceGeo { get; init; }

    public string? ThinkingType { get; init; }

    public long? ThinkingBudget { get; init; }

    /// <summary><c>output_config.effort</c>.</summary>
    public string? Effort { get; init; }

    /// <summary>Whether an output format is prescribed (<c>output_config.format</c> or <c>output_format</c>).</summary>
    public bool HasOutputFormat { get; init; }

    /// <summary><c>metadata.user_id</c>; looked into for a session, never stored.</summary>
    public string? MetadataUserId { get; init; }

    public int Messages { get; init; }

    public int Tools { get; init; }

    /// <summary>How many <c>cache_control</c> members there are, at any depth.</summary>
    public int CacheBreakpoints { get; init; }

    /// <summary>Whether the body could not be read to its end; what came before is kept.</summary>
    public bool IsMalformed { get; init; }

    /// <summary>Reads a request body.</summary>
    /// <param name="body">JSON in UTF-8; anything else gives what could be read of it.</param>
    public static RequestSnapshot Read(ReadOnlySpan<byte> body) => new RequestReader().Read(body);
}
