using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>What a price depends on: the model, the place, the day, what was served and what was counted.</summary>
public sealed record PricingRequest
{
    /// <summary>Who answered.</summary>
    public required Provider Provider { get; init; }

    /// <summary>What the call did.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The cloud's location, where there is one.</summary>
    public string? Location { get; init; }

    /// <summary>The model's id in any spelling of any provider; null when unknown.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The model's id as the request named it, where the answer named another: on Bedrock only this id holds the
    /// inference profile, which decides the price, and a declined fallback hop ran on this model. Where the request's name has an
    /// alias (<see cref="CallRecord.ModelAlias"/>), it is the alias.
    /// </summary>
    public string? ModelRequested { get; init; }

    /// <summary>When the call was made; its UTC day chooses the price row.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The provider's counts and the modifiers it served; null when it gave none.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What stands in for counts the provider did not give; null when nothing does.</summary>
    public TokenEstimate? Estimate { get; init; }

    /// <summary>How the attempt ended.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>The HTTP status; null when no response arrived.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Why the model refused, where it did.</summary>
    public string? RefusalCategory { get; init; }

    /// <summary>Whether any content arrived; null when not known. A refusal before any output has billing rules of its own.</summary>
    public bool? HasOutput { get; init; }

    /// <summary>The facts of a record that its price depends on.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The request.</returns>
    public static PricingRequest From(CallRecord record) => new()
    {
        Provider = record.Provider,
        Operation = record.Operation,
        Location = record.Location,
        Model = record.ModelToPrice,
        ModelRequested = record.ModelAlias ?? record.ModelRequested,
        At = record.StartedAt,
        Usage = record.Usage,
        Estimate = record.Estimate,
        Outcome = record.Outcome,
        HttpStatus = record.HttpStatus,
        RefusalCategory = record.RefusalCategory,
        HasOutput = ReadHasOutput(record.Transfer),
    };

    // No block in an answer that arrived means no output; where nothing is known of the transfer, nothing follows.
    private static bool? ReadHasOutput(TransferFacts transfer) => transfer switch
    {
        { ContentBlocks: > 0 } => true,
        { ResponseBytes: > 0 } => false,
        _ => null,
    };
}
