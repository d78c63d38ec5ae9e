namespace CostLedger.Pricing.Rows;

/// <summary>What a price list says beside its rows.</summary>
public sealed record PriceRules
{
    /// <summary>What stands in for a missing row, by price key; a key without an entry has no substitute.</summary>
    public required IReadOnlyDictionary<string, SubstituteRule> Substitutes { get; init; }

    /// <summary>What each price key is for, by key.</summary>
    public required IReadOnlyDictionary<string, string> Descriptions { get; init; }

    /// <summary>The price key of Bedrock ids without a profile. Sources contradict each other, so it is a setting.</summary>
    public required string BareBedrockId { get; init; }

    /// <summary>Names of one's own (deployments, application inference profiles) and the model ids they stand for.</summary>
    public required IReadOnlyDictionary<string, string> Aliases { get; init; }

    /// <summary>How refusals before any output are billed, by time.</summary>
    public required IReadOnlyList<RefusalPeriod> Refusals { get; init; }

    /// <summary>Dollars for a thousand web searches; searches that fail are not billed.</summary>
    public required decimal WebSearchPer1000 { get; init; }

    /// <summary>Dollars for an hour of a code-execution container; never part of a call's cost, since no answer tells the hours.</summary>
    public required decimal CodeExecutionPerContainerHour { get; init; }

    /// <summary>Hours of code execution that an organisation has free each month.</summary>
    public required long CodeExecutionFreeHoursPerMonth { get; init; }

    /// <summary>Tokens of an image: its sides in patches of this many pixels, rounded up, multiplied.</summary>
    public required int ImagePatchPixels { get; init; }

    /// <summary>The limits that images are scaled down to before 4.7.</summary>
    public required ImageLimits Images { get; init; }

    /// <summary>The limits that images are scaled down to for models 4.7 and later.</summary>
    public required ImageLimits LargeImages { get; init; }
}
