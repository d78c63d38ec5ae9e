namespace Telemetry.Handler.Requests;

/// <summary>The parameters of a request. Nothing of its prompt is kept.</summary>
internal sealed record RequestSnapshot
{
    /// <summary>A request of which nothing is known.</summary>
    public static RequestSnapshot Unknown { get; } = new();

    public string? Model { get; init; }

    /// <summary>Whether a stream is asked for; null where the body does not say.</summary>
    public bool? Stream { get; init; }

    public long? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public long? TopK { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>The speed asked for; what was served stands in the usage.</summary>
    public string? Speed { get; init; }

    public string? InferenceGeo { get; init; }

    /// <summary><c>enabled</c>, <c>adaptive</c>, <c>disabled</c>.</summary>
    public string? ThinkingType { get; init; }

    /// <summary>The most thinking tokens that are asked for.</summary>
    public long? ThinkingBudget { get; init; }

    /// <summary><c>output_config.effort</c>.</summary>
    public string? Effort { get; init; }

    /// <summary>Whether the answer must follow a schema (<c>output_config.format</c>, or the older <c>output_format</c>).</summary>
    public bool HasOutputFormat { get; init; }

    /// <summary>Whether the model is told how many tokens it may spend (<c>output_config.task_budget</c>).</summary>
    public bool HasTaskBudget { get; init; }

    /// <summary><c>metadata.user_id</c>. It can name a person: it is read for the session and goes no further.</summary>
    public string? MetadataUserId { get; init; }

    public int ToolCount { get; init; }

    public int MessageCount { get; init; }

    /// <summary>Places marked with <c>cache_control</c>, automatic caching included.</summary>
    public int CacheBreakpoints { get; init; }

    /// <summary>Images that stand in the body.</summary>
    public int Images { get; init; }

    /// <summary>Bytes of the body that are images in base64.</summary>
    public long BinaryBytes { get; init; }

    /// <summary>Tools of Anthropic's that the caller runs; their descriptions are not in the body.</summary>
    public int KnownTools { get; init; }

    /// <summary>Whether input may come from elsewhere than the body, so that its size bounds nothing: files, addresses, server tools.</summary>
    public bool IsInputOpen { get; init; } = true;

    /// <summary>Whether the server may do more than answer: run tools, ask other models, fall back to one.</summary>
    public bool HasServerWork { get; init; }

    /// <summary><c>anthropic_version</c> of a Bedrock or Vertex body.</summary>
    public string? VersionInBody { get; init; }

    /// <summary><c>anthropic_beta</c> of a Bedrock body.</summary>
    public IReadOnlyList<string> BetasInBody { get; init; } = [];

    /// <summary>What was wrong, as <see cref="RequestFault"/>.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Reads a body in one pass.</summary>
    /// <param name="body">The JSON, UTF-8.</param>
    /// <returns>What was read, with a fault where the body is malformed.</returns>
    public static RequestSnapshot Read(ReadOnlySpan<byte> body) => new SnapshotReader().Read(body);
}
