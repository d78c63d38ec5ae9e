using CostLedger.Records;

namespace Telemetry.Handler.Prompting;

/// <summary>What a call is expected to take, before it is answered.</summary>
public sealed record CallExpectation
{
    /// <summary>The key that the attempt's record will have in the ledger.</summary>
    public required CallId Id { get; init; }

    /// <summary>What the application said about the call.</summary>
    public required CallLabels Labels { get; init; }

    /// <summary>The model that was asked for; null when the request names none.</summary>
    public string? Model { get; init; }

    /// <summary>The input tokens, cached ones included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>The lower end of the interval in which nine of ten calls are.</summary>
    public required long InputTokensLow { get; init; }

    /// <summary>The upper end of the interval.</summary>
    public required long InputTokensHigh { get; init; }

    /// <summary>The output tokens, as this application's last calls of the model had them; null before there were enough of them.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The lower end of the interval in which eight of ten calls were.</summary>
    public long? OutputTokensLow { get; init; }

    /// <summary>The upper end of the interval, which <c>max_tokens</c> bounds; before there were enough calls it is <c>max_tokens</c>.</summary>
    public long? OutputTokensHigh { get; init; }

    /// <summary>
    /// What it costs: the input at the full price, or at that of the cache where a prompt is gone on with whose beginning was
    /// measured, and the expected output. Null without a price, or without an expected output.
    /// </summary>
    public NanoUsd? Cost { get; init; }

    /// <summary>The lower end of what is expected: the fewest tokens, all of the input read from the cache. Null without a price.</summary>
    public NanoUsd? CostLow { get; init; }

    /// <summary>
    /// The upper end of what is expected: the input at its dearest, and as much output as one answer in ten exceeds; before there were enough
    /// answers, <c>max_tokens</c>. No bound: that is <see cref="CostMost"/>. Null without a price or without an expected output.
    /// </summary>
    public NanoUsd? CostHigh { get; init; }

    /// <summary>
    /// What it costs at most, for budgets: the upper end of the input at its dearest, and an answer of <c>max_tokens</c>. The provider's own tools
    /// may add to it. Null without a price or without <c>max_tokens</c>.
    /// </summary>
    public NanoUsd? CostMost { get; init; }

    /// <summary>What it will read from the prompt cache and write to it; null where the prompt is not told in full.</summary>
    public CacheExpectation? Cache { get; init; }

    /// <summary>What was doubtful, as in <see cref="Estimating.Prompts.PromptEstimate.Doubts"/>.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }
}
