using CostLedger.Querying.Traffic;
using CostLedger.Records;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>What changes for one call.</summary>
internal readonly record struct CallChange
{
    /// <summary>The call.</summary>
    public required TrafficCall Call { get; init; }

    /// <summary>What it cost.</summary>
    public required NanoUsd Now { get; init; }

    /// <summary>What it would cost.</summary>
    public required NanoUsd Then { get; init; }

    /// <summary>The least that it would cost.</summary>
    public required NanoUsd Low { get; init; }

    /// <summary>The most that it would cost.</summary>
    public required NanoUsd High { get; init; }

    /// <summary>What it was billed for.</summary>
    public TokenUsage? UsageNow { get; init; }

    /// <summary>What it would be billed for.</summary>
    public TokenUsage? UsageThen { get; init; }

    /// <summary>What was estimated of it.</summary>
    public TokenEstimate? EstimateNow { get; init; }

    /// <summary>What would be estimated of it.</summary>
    public TokenEstimate? EstimateThen { get; init; }

    /// <summary>The difference; negative where money is saved.</summary>
    public NanoUsd Difference => Then - Now;

    /// <summary>A call that costs what it cost.</summary>
    public static CallChange None(TrafficCall call)
    {
        var cost = call.Cost?.Total ?? NanoUsd.Zero;
        var (usage, estimate) = (call.Pricing.Usage, call.Pricing.Estimate);
        return new CallChange
        {
            Call = call,
            Now = cost,
            Then = cost,
            Low = cost,
            High = cost,
            UsageNow = usage,
            UsageThen = usage,
            EstimateNow = estimate,
            EstimateThen = estimate,
        };
    }
}
