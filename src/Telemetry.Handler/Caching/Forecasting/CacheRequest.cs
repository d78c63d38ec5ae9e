using CostLedger.Records;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Forecasting;

/// <summary>A request that is about to be sent.</summary>
internal readonly record struct CacheRequest
{
    /// <summary>The attempt.</summary>
    public required CallId Call { get; init; }

    /// <summary>Whose cache it uses.</summary>
    public required CacheScope Scope { get; init; }

    /// <summary>What decides beside the prompt.</summary>
    public required CacheParameters Parameters { get; init; }

    /// <summary>The prompt; it is not kept.</summary>
    public required SegmentedPrompt Prompt { get; init; }

    /// <summary>All tokens of the prompt, as they are estimated; zero where they are not.</summary>
    public long EstimatedTokens { get; init; }

    /// <summary>Those of them that the provider adds to what was sent, before all of it.</summary>
    public long AddedTokens { get; init; }

    /// <summary>The caller's own number of the conversation, for prompts that have nothing in common with earlier ones; zero where there is none.</summary>
    public UInt128 Conversation { get; init; }
}
