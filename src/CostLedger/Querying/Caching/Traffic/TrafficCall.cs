using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>A call as rules look at it: its prompt, what became of it in the cache, and its price.</summary>
internal sealed record TrafficCall
{
    /// <summary>The node of a prompt that is not known.</summary>
    public const int NoNode = -1;

    public required CallId Id { get; init; }

    /// <summary>A number for the provider, model, location and scope whose cache it is.</summary>
    public required int Cache { get; init; }

    public required string Model { get; init; }

    /// <summary>When another call could read what it wrote: when its answer began.</summary>
    public required DateTimeOffset ReadableAt { get; init; }

    /// <summary>The last block of its prompt in the tree; <see cref="NoNode"/> where the ledger lacks blocks.</summary>
    public int Leaf { get; init; } = NoNode;

    /// <summary>A number for its first message; 0 where that is not known.</summary>
    public long Thread { get; init; }

    /// <summary>The breakpoints that it asks for, and the one that automatic caching sets, as nodes; the deepest last.</summary>
    public IReadOnlyList<int> Marks { get; init; } = [];

    /// <summary>Whether it is known that it asks for no caching at all.</summary>
    public bool IsUnmarked { get; init; }

    public long Uncached { get; init; }

    public long Read { get; init; }

    public long Written5m { get; init; }

    public long Written1h { get; init; }

    /// <summary>What uncached input, reads and writes cost; null when unpriced.</summary>
    public NanoUsd? InputCost { get; init; }

    /// <summary>Its prices; null when unpriced.</summary>
    public CallPrices? Prices { get; init; }

    public CacheBreak? Lost { get; init; }

    public DateTimeOffset Start => Id.Time;

    /// <summary>All input tokens.</summary>
    public long Tokens => Uncached + Read + Written5m + Written1h;

    /// <summary>The lifetime that more of it was written for.</summary>
    public PromptLifetime Lifetime => Written1h > Written5m ? PromptLifetime.OneHour : PromptLifetime.FiveMinutes;
}
