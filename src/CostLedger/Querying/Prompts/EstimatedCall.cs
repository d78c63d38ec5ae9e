using CostLedger.Records;

namespace CostLedger.Querying.Prompts;

/// <summary>What was expected of a call's input, beside what the provider counted.</summary>
public readonly record struct EstimatedCall
{
    /// <summary>The call.</summary>
    public required CallId Id { get; init; }

    /// <summary>Its model: served, else the alias of the one requested, else the one requested; null where unknown.</summary>
    public required string? Model { get; init; }

    /// <summary>The whole prompt as the provider counted it, in tokens.</summary>
    public required long Actual { get; init; }

    /// <summary>The estimate, in tokens.</summary>
    public required long Estimate { get; init; }

    /// <summary>The lower end of the estimate's interval.</summary>
    public long? Low { get; init; }

    /// <summary>The upper end of the estimate's interval.</summary>
    public long? High { get; init; }

    /// <summary>The estimate by the shipped constants alone.</summary>
    public long? Cold { get; init; }

    /// <summary>How it was counted.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The output tokens of the answer; null where it told none.</summary>
    public long? OutputTokens { get; init; }

    /// <summary><see cref="Cold"/> by source; null where not told apart.</summary>
    public InputBySource? Sources { get; init; }
}
