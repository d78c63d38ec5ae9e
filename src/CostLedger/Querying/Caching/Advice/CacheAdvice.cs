using CostLedger.Records;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>One thing that would save money at the prompt cache.</summary>
public sealed record CacheAdvice
{
    /// <summary>
    /// What it is about: <c>unmarked_prefix</c>, <c>below_minimum</c>, <c>use_1h</c>, <c>use_5m</c>, <c>unstable_prefix</c>,
    /// <c>tool_order</c>, <c>parallel_writes</c>, <c>far_breakpoints</c>, <c>changing_settings</c> or <c>unused_tools</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The model of the calls.</summary>
    public required string Model { get; init; }

    /// <summary>Of what: a place in the prompt, a reason, or tools; null where it is about the whole prompt.</summary>
    public string? Subject { get; init; }

    /// <summary>What it would have saved over the calls that were looked at.</summary>
    public required NanoUsd Saving { get; init; }

    /// <summary>Whether <see cref="Saving"/> is what was lost, call by call, and not what a model of the cache makes of it.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>The calls that it rests on.</summary>
    public required long Calls { get; init; }

    /// <summary>What was found, in a sentence.</summary>
    public required string Found { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    public required string Action { get; init; }

    /// <summary>One of the calls.</summary>
    public required CallId Example { get; init; }

    /// <summary>Kinds of other pieces of advice that count a part of the same money; empty for none.</summary>
    public IReadOnlyList<string> SharesMoneyWith { get; init; } = [];
}
