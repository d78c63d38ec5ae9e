using CostLedger.Querying.Traffic;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Caching.Model;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Replaying;

/// <summary>The breakpoints of a prompt of the ledger, in order: where they were, or where they are moved to.</summary>
internal static class ReplayMarks
{
    /// <summary>Where they were.</summary>
    public static int Find(TrafficPrompt prompt, ref ReplayPath path, Span<Mark> marks)
    {
        var count = 0;
        var all = prompt.Breakpoints;
        for (var i = Math.Max(0, all.Count - Marks.Most); i < all.Count; i++)
        {
            if (all[i].Depth >= 1 && all[i].Depth <= path.Count)
            {
                marks[count++] = new Mark(all[i].Depth - 1, Lifetime(all[i].Lifetime));
            }
        }

        return prompt.Automatic is { } automatic ? WithLast(marks, count, ref path, Lifetime(automatic)) : count;
    }

    /// <summary>Moves them.</summary>
    /// <param name="places">Where to.</param>
    /// <param name="marks">Where they were; takes where they are.</param>
    /// <param name="count">How many there were.</param>
    /// <param name="path">The prompt.</param>
    /// <returns>How many there are.</returns>
    public static int Move(BreakpointPlaces places, Span<Mark> marks, int count, ref ReplayPath path)
    {
        var lifetime = count > 0 ? marks[0].Lifetime : CacheLifetime.FiveMinutes;
        if (places.HasFlag(BreakpointPlaces.Automatic))
        {
            return WithLast(marks, count, ref path, lifetime);
        }

        count = 0;
        count = places.HasFlag(BreakpointPlaces.Tools) ? With(marks, count, path.LastMarkable(CacheLevel.Tools), lifetime) : count;
        count = places.HasFlag(BreakpointPlaces.System) ? With(marks, count, path.LastMarkable(CacheLevel.System), lifetime) : count;
        return places.HasFlag(BreakpointPlaces.Last) ? WithLast(marks, count, ref path, lifetime) : count;
    }

    private static int WithLast(Span<Mark> marks, int count, ref ReplayPath path, CacheLifetime lifetime)
    {
        if (count == Marks.Most)
        {
            marks[1..].CopyTo(marks);
            count--;
        }

        return With(marks, count, path.LastMarkable(CacheLevel.Messages), lifetime);
    }

    private static int With(Span<Mark> marks, int count, int index, CacheLifetime lifetime)
    {
        if (index < 0 || (count > 0 && marks[count - 1].Index >= index))
        {
            return count;
        }

        marks[count] = new Mark(index, lifetime);
        return count + 1;
    }

    private static CacheLifetime Lifetime(PromptLifetime lifetime) =>
        lifetime == PromptLifetime.OneHour ? CacheLifetime.OneHour : CacheLifetime.FiveMinutes;
}
