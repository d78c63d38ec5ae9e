namespace CostReport.Cli.Estimates.Costs;

/// <summary>The same request to another model.</summary>
internal sealed record ComparedModel
{
    /// <summary>The model's id at the Claude API.</summary>
    public required string Model { get; init; }

    /// <summary>Whether it is the one that was asked for.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Where it is in its life; null where that is not known.</summary>
    public string? Status { get; init; }

    /// <summary>The input tokens by its tokenizer.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Its context window.</summary>
    public required long ContextWindow { get; init; }

    /// <summary>The most output it gives.</summary>
    public required long MaxOutput { get; init; }

    /// <summary>What the request costs.</summary>
    public required RequestCosts Costs { get; init; }
}
