using System.Diagnostics;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Attempts;
using CostLedger.Querying.Caching;
using CostLedger.Querying.Conversations;
using CostLedger.Querying.Latency;
using CostLedger.Querying.Limits;
using CostLedger.Querying.Overviews;

namespace Telemetry.Benchmarks.Queries;

/// <summary>How long the questions behind reports and the page take over a ledger of any size.</summary>
internal static class QuestionTimes
{
    private const int Rounds = 5;

    /// <summary>Asks each question some times and prints the median and the longest.</summary>
    public static void Run(string path)
    {
        using var reader = LedgerReader.Open(path);
        var all = new CallFilter();
        var week = new CallFilter { Since = BigLedger.End.AddDays(-7), Until = BigLedger.End };
        Print("usage, all, by model", () => reader.Usage(all, [new(GroupKind.Model)], TimeZoneInfo.Utc).Totals.Attempts);
        Print("attempts, all", () => reader.Attempts(all, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("attempts, all, by model and day", () => reader.Attempts(all, [new(GroupKind.Model), new(GroupKind.Day)], TimeZoneInfo.Utc).Totals.Attempts);
        Print("attempts, 7 days", () => reader.Attempts(week, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache, all", () => reader.Cache(all, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache, all, by model and day", () => reader.Cache(all, [new(GroupKind.Model), new(GroupKind.Day)], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache advice, all", () => reader.CacheAdvice(all, PriceBook.Default).Calls);
        Print("limits, all", () => reader.Limits(all, BigLedger.End).Series.Count);
        Print("cache, 7 days", () => reader.Cache(week, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache breaks alone, all", () => reader.Cache(all with { OnlyCacheBreaks = true }, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache breaks alone, 7 days", () => reader.Cache(week with { OnlyCacheBreaks = true }, [], TimeZoneInfo.Utc).Totals.Attempts);
        Print("cache advice, 7 days", () => reader.CacheAdvice(week, PriceBook.Default).Calls);
        Print("conversations, 7 days", () => reader.Conversations(week).Conversations.Count);
        Print("latency, all", () => reader.Latency(all, [], TimeZoneInfo.Utc).Totals.Answers);
        Print("latency, 7 days", () => reader.Latency(week, [], TimeZoneInfo.Utc).Totals.Answers);
        Print("overview of the summary, 7 days", () => reader.Overview(Summary(week)).Usage[0].Totals.Attempts);
        Print("usage, 7 days, by model", () => reader.Usage(week, [new(GroupKind.Model)], TimeZoneInfo.Utc).Totals.Attempts);
        Print("limits, 7 days", () => reader.Limits(week, BigLedger.End).Series.Count);
    }

    private static OverviewQuestion Summary(CallFilter filter) => new()
    {
        Filter = filter,
        Zone = TimeZoneInfo.Utc,
        Usage = [[new(GroupKind.Day), new(GroupKind.Model), new(GroupKind.Status), new(GroupKind.Error)], [new(GroupKind.Session)]],
        Latency = [[]],
    };

    private static void Print(string name, Func<long> ask)
    {
        var times = new List<double>();
        var answer = ask();
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            answer = ask();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-34} median {times[Rounds / 2],8:N0} ms   most {times[^1],8:N0} ms   ({answer:N0})");
    }
}
