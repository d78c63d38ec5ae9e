using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Rows;
using CostReport.Cli.Estimates.Inputs;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>A request with everything that is known of it.</summary>
internal sealed record EstimatedRequest
{
    /// <summary>The request.</summary>
    public required FoundRequest Request { get; init; }

    /// <summary>Its parameters.</summary>
    public required RequestSnapshot Parameters { get; init; }

    /// <summary>Its blocks.</summary>
    public required SegmentedPrompt Prompt { get; init; }

    /// <summary>Its tokens.</summary>
    public required PromptEstimate Estimate { get; init; }

    /// <summary>How it is sent.</summary>
    public required CallTerms Terms { get; init; }

    /// <summary>What the price list makes of the model; null where nothing names one.</summary>
    public required ModelMatch? Match { get; init; }

    /// <summary>The model's facts; null where it is not known.</summary>
    public PriceRow? Row => Match?.Row;

    /// <summary>Whether thinking between calls of tools is asked for, which may take more than one answer has.</summary>
    public bool IsInterleaved => Parameters.BetasInBody.Concat(Request.Betas).Any(static beta => beta.StartsWith("interleaved-thinking", StringComparison.Ordinal));

    /// <summary>The output that is expected; null where none is.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Its costs.</summary>
    public required RequestCosts Costs { get; init; }

    /// <summary>Its breakpoints.</summary>
    public required IReadOnlyList<CacheBreakpoint> Breakpoints { get; init; }
}
