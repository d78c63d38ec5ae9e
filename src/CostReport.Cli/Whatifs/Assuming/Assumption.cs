using Telemetry.Handler.Caching.Replaying;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Whatifs.Assuming;

/// <summary>What is to be different.</summary>
internal sealed record Assumption
{
    /// <summary>How long every cache entry lives; none: as it was asked for.</summary>
    public CacheLifetime Lifetime { get; init; }

    /// <summary>Whether nothing is cached.</summary>
    public bool NoCache { get; init; }

    /// <summary>Where breakpoints stand; null: where they were.</summary>
    public BreakpointPlaces? Breakpoints { get; init; }

    /// <summary>The model; null: the one that answered.</summary>
    public TargetModel? Model { get; init; }

    /// <summary>Whether all calls are requests of a message batch.</summary>
    public bool Batch { get; init; }

    /// <summary>Where inference runs: <c>us</c> or <c>global</c>; null: where it ran.</summary>
    public string? Geo { get; init; }

    /// <summary>Whether anything is.</summary>
    public bool IsAny => Lifetime != CacheLifetime.None || NoCache || Breakpoints is not null || Model is not null || Batch || Geo is not null;

    /// <summary>Whether what is in the cache is another.</summary>
    public bool NeedsReplay => !NoCache && (Lifetime != CacheLifetime.None || Breakpoints is not null || Model is not null);

    /// <summary>The parts, for people.</summary>
    public IReadOnlyList<string> Words =>
    [
        .. Model is { } model ? [$"every call went to {model.Name}"] : Array.Empty<string>(),
        .. NoCache ? ["nothing was cached"] : Array.Empty<string>(),
        .. Breakpoints is { } places ? [WordsOf(places)] : Array.Empty<string>(),
        .. Lifetime switch
        {
            CacheLifetime.OneHour => ["cache entries lived for an hour"],
            CacheLifetime.FiveMinutes => ["cache entries lived for five minutes"],
            _ => Array.Empty<string>(),
        },
        .. Batch ? ["all was sent in batches"] : Array.Empty<string>(),
        .. Geo is { } geo ? [string.Equals(geo, "us", StringComparison.Ordinal) ? "inference ran in the US only" : "inference ran anywhere"] : Array.Empty<string>(),
    ];

    private static string WordsOf(BreakpointPlaces places)
    {
        if (places == BreakpointPlaces.Automatic)
        {
            return "automatic caching was on";
        }

        var names = new[] { (BreakpointPlaces.Tools, "tools"), (BreakpointPlaces.System, "system"), (BreakpointPlaces.Last, "the prompt") }
            .Where(n => places.HasFlag(n.Item1)).Select(n => n.Item2).ToList();
        return "breakpoints stood behind " + (names.Count > 1 ? $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}" : names[0]);
    }
}
