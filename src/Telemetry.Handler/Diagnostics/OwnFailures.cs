using System.Collections.Concurrent;

namespace Telemetry.Handler.Diagnostics;

/// <summary>Counts our own failures, which never reach a caller, by the place where they were caught. One count for the process.</summary>
internal static class OwnFailures
{
    /// <summary>The places that are told apart; later ones are counted as <see cref="Elsewhere"/>, so that the count stays small.</summary>
    public const int MaxPlaces = 64;

    public const string Elsewhere = "elsewhere";

    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);

    /// <summary>The failures of all places.</summary>
    public static long Total => Counts.Sum(static p => p.Value);

    /// <summary>The failures by place, at this moment.</summary>
    public static IReadOnlyList<KeyValuePair<string, long>> ByPlace => [.. Counts];

    /// <summary>The failures of one place.</summary>
    public static long At(string place) => Counts.GetValueOrDefault(place);

    /// <summary>Counts one failure.</summary>
    public static void Count(string place)
    {
        var key = Counts.Count < MaxPlaces || Counts.ContainsKey(place) ? place : Elsewhere;
        Counts.AddOrUpdate(key, 1, static (_, count) => count + 1);
    }
}
