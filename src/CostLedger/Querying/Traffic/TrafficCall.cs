using CostLedger.Pricing;
using CostLedger.Records;

namespace CostLedger.Querying.Traffic;

/// <summary>What of a call decides how it is billed and what it has in common with others: enough to play it again, and no more.</summary>
public sealed record TrafficCall
{
    /// <summary>The attempt's key; it begins with the time it was sent.</summary>
    public required CallId Id { get; init; }

    /// <summary>Whether the filter chose it; the others only explain what was in the prompt cache.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>What its price depends on.</summary>
    public required PricingRequest Pricing { get; init; }

    /// <summary>What it cost, in nano-dollars by class; null when it has no price.</summary>
    public CostByClass? Cost { get; init; }

    /// <summary>How the cost is known.</summary>
    public required CostBasis Basis { get; init; }

    /// <summary>The version of the price list that the cost comes from; null when none was needed.</summary>
    public string? PriceVersion { get; init; }

    /// <summary>From its start until its answer began, as far as is known: from then on others can read what it writes to the cache.</summary>
    public required TimeSpan AnswerBegan { get; init; }

    /// <summary>What the application says about it; without the turn.</summary>
    public CallLabels Labels { get; init; } = CallLabels.None;

    /// <summary>Its prompt; null where the ledger has none.</summary>
    public TrafficPrompt? Prompt { get; init; }
}
