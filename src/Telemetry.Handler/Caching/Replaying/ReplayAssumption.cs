using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>What is to be different when calls are played again, as far as the cache is concerned.</summary>
internal sealed record ReplayAssumption
{
    /// <summary>The lifetime of every entry; none: as it was asked for.</summary>
    public CacheLifetime Lifetime { get; init; }

    /// <summary>Where breakpoints stand; null: where they were.</summary>
    public BreakpointPlaces? Breakpoints { get; init; }

    /// <summary>The model; null: the one that answered.</summary>
    public string? Model { get; init; }

    /// <summary>How many tokens that model has for one of another model's; 1 where the model stays.</summary>
    public Func<string?, double> TokenRatio { get; init; } = static _ => 1;

    /// <summary>Whether prompts are needed, since breakpoints are moved.</summary>
    public bool NeedsPrompts => Breakpoints is not null;
}
