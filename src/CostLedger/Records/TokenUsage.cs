namespace CostLedger.Records;

/// <summary>
/// Everything the API said in <c>usage</c>, as it said it. Null means the provider gave no such field; it is never a guess.
/// Input classes are disjoint: the whole prompt is <see cref="TotalInputTokens"/>.
/// Source: the Messages API's <c>Usage</c> and <c>MessageDeltaUsage</c> objects.
/// </summary>
public sealed record TokenUsage
{
    /// <summary>Uncached input tokens (<c>input_tokens</c>).</summary>
    public long? InputTokens { get; init; }

    /// <summary>Output tokens, thinking included (<c>output_tokens</c>).</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Tokens read from the prompt cache (<c>cache_read_input_tokens</c>).</summary>
    public long? CacheReadInputTokens { get; init; }

    /// <summary>Tokens written to the prompt cache, all lifetimes (<c>cache_creation_input_tokens</c>).</summary>
    public long? CacheCreationInputTokens { get; init; }

    /// <summary>Tokens written with a lifetime of five minutes (<c>cache_creation.ephemeral_5m_input_tokens</c>).</summary>
    public long? CacheCreation5mInputTokens { get; init; }

    /// <summary>Tokens written with a lifetime of one hour (<c>cache_creation.ephemeral_1h_input_tokens</c>).</summary>
    public long? CacheCreation1hInputTokens { get; init; }

    /// <summary>The part of <see cref="OutputTokens"/> that was thinking (<c>output_tokens_details.thinking_tokens</c>).</summary>
    public long? ThinkingTokens { get; init; }

    /// <summary>Web searches made by the server (<c>server_tool_use.web_search_requests</c>).</summary>
    public long? WebSearchRequests { get; init; }

    /// <summary>Web pages fetched by the server (<c>server_tool_use.web_fetch_requests</c>).</summary>
    public long? WebFetchRequests { get; init; }

    /// <summary>Code executions on the server, where the answer counts them (<c>server_tool_use.code_execution_requests</c>).</summary>
    public long? CodeExecutionRequests { get; init; }

    /// <summary>The tier that served the call: <c>standard</c>, <c>priority</c>, <c>batch</c>, …</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The speed that was served: <c>standard</c> or <c>fast</c>. Not what was asked for.</summary>
    public string? Speed { get; init; }

    /// <summary>Where inference ran: <c>us</c>, <c>global</c>, <c>not_available</c>.</summary>
    public string? InferenceGeo { get; init; }

    /// <summary>What became of a fallback credit (<c>fallback_credit.status</c>): <c>redeemed</c> or <c>not_applied</c>.</summary>
    public string? FallbackCreditStatus { get; init; }

    /// <summary>The sampling iterations of the call (<c>iterations</c>), in order; empty when the answer has none.</summary>
    public IReadOnlyList<UsageIteration> Iterations { get; init; } = [];

    /// <summary>The whole prompt: uncached, read and written tokens; null when no part is known.</summary>
    public long? TotalInputTokens => InputTokens is null && CacheReadInputTokens is null && CacheCreationInputTokens is null
        ? null
        : (InputTokens ?? 0) + (CacheReadInputTokens ?? 0) + (CacheCreationInputTokens ?? 0);

    /// <summary>Compares all fields, the iterations one by one.</summary>
    /// <param name="other">The other usage.</param>
    /// <returns>Whether all are equal.</returns>
    public bool Equals(TokenUsage? other) => other is not null
        && (InputTokens, OutputTokens, CacheReadInputTokens, CacheCreationInputTokens, CacheCreation5mInputTokens, CacheCreation1hInputTokens)
            == (other.InputTokens, other.OutputTokens, other.CacheReadInputTokens, other.CacheCreationInputTokens, other.CacheCreation5mInputTokens, other.CacheCreation1hInputTokens)
        && (ThinkingTokens, WebSearchRequests, WebFetchRequests, CodeExecutionRequests)
            == (other.ThinkingTokens, other.WebSearchRequests, other.WebFetchRequests, other.CodeExecutionRequests)
        && (ServiceTier, Speed, InferenceGeo, FallbackCreditStatus)
            == (other.ServiceTier, other.Speed, other.InferenceGeo, other.FallbackCreditStatus)
        && Iterations.SequenceEqual(other.Iterations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(InputTokens, OutputTokens, CacheReadInputTokens, CacheCreationInputTokens);
}
