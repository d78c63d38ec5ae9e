using CostLedger.Records;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>What would be cached at a breakpoint, and what that costs.</summary>
internal sealed record CacheBreakpoint
{
    /// <summary>Where it is.</summary>
    public required string Place { get; init; }

    /// <summary>Its segment, in the order of the cache.</summary>
    public required int Segment { get; init; }

    /// <summary>How long it lasts.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The tokens up to its end.</summary>
    public required long PrefixTokens { get; init; }

    /// <summary>The shortest prefix that the model caches; null where that is not known.</summary>
    public long? Minimum { get; init; }

    /// <summary>The minimum that is taken where the price list does not tell it, as the diagnosis of breaks does.</summary>
    public const long UsualMinimum = 1_024;

    /// <summary>The tokens that are missing; zero where none are.</summary>
    public long Short => Math.Max(0, (Minimum ?? UsualMinimum) - PrefixTokens);

    /// <summary>Whether it reaches the minimum, or the usual one where that is not known.</summary>
    public bool ReachesMinimum => Short == 0;

    /// <summary>What the prefix costs without a cache; null without a price.</summary>
    public NanoUsd? Uncached { get; init; }

    /// <summary>What it costs to write it.</summary>
    public NanoUsd? Write { get; init; }

    /// <summary>What it costs to read it.</summary>
    public NanoUsd? Read { get; init; }

    /// <summary>Whether it lasts an hour, and not five minutes.</summary>
    public bool IsLong => Lifetime > TimeSpan.FromMinutes(5);
}
