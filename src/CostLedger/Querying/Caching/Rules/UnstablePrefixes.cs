using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Something near the beginning of prompts changes again and again, and what follows is lost each time, or never found in the cache.</summary>
internal sealed class UnstablePrefixes : IAdviceRule
{
    private const string Messages = "messages_edited";
    private const int EnoughForInterval = 3;

    private static readonly string[] Reasons = ["system_changed", "tools_changed", Messages];

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) =>
        LossGroup.Join(LossGroup.Of(traffic, Reasons, PlaceOf).Concat(LossGroup.Of(traffic.HeadChanges.Where(h => Reasons.Contains(h.Reason)))))
            .Select(g => g.Advice("unstable_prefix", Found(g), ActionOf(g.Reason)));

    // Another message of each conversation is the same habit.
    private static string? PlaceOf(CacheBreak lost) => lost.Reason == Messages ? "earlier messages" : lost.Segment;

    private static string Found(LossGroup group)
    {
        var at = group.Reason == Messages ? null : group.Calls.Min(c => c.Lost?.ByteAt);
        var count = group.Calls.Max(c => c.Lost?.ByteCount);
        var place = at is { } byteAt && count is { } bytes ? $", at byte {Words.Count(byteAt)} of {Words.Count(bytes)}" : "";
        var often = Interval(group.Calls) is { } every ? $"every {Words.Time(every)}" : $"in {Words.Calls(group.Calls.Count)}";
        return $"{group.Subject} {(group.Reason == Messages ? "change" : "changes")} {often}{place}; what follows is written again each time.";
    }

    private static TimeSpan? Interval(IReadOnlyList<TrafficCall> calls)
    {
        var gaps = calls.Zip(calls.Skip(1), (earlier, later) => later.Start - earlier.Start).Order().ToList();
        return gaps.Count + 1 >= EnoughForInterval ? gaps[gaps.Count / 2] : null;
    }

    private static string ActionOf(string reason) => reason switch
    {
        Messages => "Append to the history and leave it as it is; where it must be cut, cut rarely and much at once.",
        "tools_changed" => "Keep the definition constant; put what varies into the user's message.",
        _ => "Keep the text constant; put what varies into the user's message, behind the last breakpoint.",
    };
}
