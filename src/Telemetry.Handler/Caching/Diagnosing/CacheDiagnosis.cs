using CostLedger.Records;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Why less was read from the cache than could have been. Places and lengths only, no content.</summary>
internal sealed record CacheDiagnosis
{
    /// <summary>The primary reason.</summary>
    public required CacheBreakReason Reason { get; init; }

    /// <summary>
    /// Whether the conversation lost what its previous call had in the cache. Otherwise the prompt could have been read for
    /// another's sake, or would have been had it been long enough: an opportunity missed.
    /// </summary>
    public required bool IsBreak { get; init; }

    /// <summary>The part of the prompt from which on it is lost.</summary>
    public required CacheLevel Level { get; init; }

    /// <summary>Where: <c>tools[3] "get_weather" description</c>, <c>system[0]</c>, <c>tool_choice</c>, …</summary>
    public required string Segment { get; init; }

    /// <summary>The first byte of the segment's text that may differ; null where it is not known.</summary>
    public int? ByteAt { get; init; }

    /// <summary>The bytes of the segment's text; null where they are not known.</summary>
    public int? ByteCount { get; init; }

    /// <summary>What changed, in few words; null where texts are not kept. Content: not for ledgers.</summary>
    public string? Diff { get; init; }

    /// <summary>The number of the tool, of the system's block or of the message.</summary>
    public required int Index { get; init; }

    /// <summary>The tokens that could have been read.</summary>
    public required long Available { get; init; }

    /// <summary>The tokens that were read, or will be.</summary>
    public required long Read { get; init; }

    /// <summary>The tokens that could have been read and were not, those that the prompt no longer has among them.</summary>
    public long LostTokens => Available - Read;

    /// <summary>The tokens lost for which something else was paid, by what they were billed as.</summary>
    public required LostTokens Lost { get; init; }

    /// <summary>The call that it was compared with.</summary>
    public required CallId? ComparedWith { get; init; }

    /// <summary>The time since what is lost was last used; null where nothing is known of it.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Whether the client did nothing that explains it.</summary>
    public bool IsProviders => Reason == CacheBreakReason.ProviderEvicted;
}
