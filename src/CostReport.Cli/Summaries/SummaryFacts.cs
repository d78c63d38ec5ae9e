using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Comparisons;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Summaries;

/// <summary>The figures at the top of the summary, beside those of the period before.</summary>
internal static class SummaryFacts
{
    /// <summary>Makes the facts.</summary>
    public static IReadOnlyList<Fact> Of(SummaryData data)
    {
        var totals = data.Usage.Totals;
        var before = data.Before?.Totals is { Attempts: > 0 } known ? known : null;
        return
        [
            new("Cost", Figures.Money(totals.Cost.Total), Change(totals.Cost.Total, data.Before?.Totals, data.Period), Tone.Strong),
            Calls(totals, before),
            Failed(totals, before),
            .. Speed(data),
            new("Tokens", Figures.Count(totals.Prompt()), $"in, {Figures.Count(totals.OutputTokens)} out{Thinking(totals)}"),
            .. totals.Prompt() > 0 ? (Fact[])[Cache(totals, before)] : [],
            .. Lost(data),
        ];
    }

    private static Fact Calls(UsageTotals totals, UsageTotals? before)
    {
        var retries = totals.Attempts - totals.Calls;
        return new Fact(
            "Calls",
            Figures.Count(totals.Calls),
            Wording.Join(retries > 0 ? $"and {Figures.Count(retries)} retried" : "", before is null ? "" : $"{Figures.Count(before.Calls)} before"));
    }

    private static Fact Failed(UsageTotals totals, UsageTotals? before) => new(
        "Failed",
        totals.Errors == 0 ? "0" : Figures.Percent(totals.Errors, totals.Attempts),
        Wording.Join(
            totals.Errors == 0 ? "" : $"{Figures.Count(totals.Errors)} of {Figures.Count(totals.Attempts, "attempt")}",
            before is null ? "" : $"{Figures.Percent(before.Errors, before.Attempts)} before"),
        totals.Errors > 0 ? Tone.Bad : Tone.Plain);

    private static IEnumerable<Fact> Speed(SummaryData data)
    {
        if (data.Latency.Duration is { } duration)
        {
            var first = data.Latency.FirstToken is { } token ? $"first token of streams {Figures.Duration(token.P50)}" : "";
            yield return new Fact("Speed", Figures.Duration(duration.P50), Wording.Join($"for half, {Figures.Duration(duration.P95)} for 95%", first));
        }
    }

    private static string Thinking(UsageTotals totals) => totals.ThinkingTokens > 0
        ? $" (thinking {Figures.Percent(totals.ThinkingTokens, totals.OutputTokens)})"
        : "";

    private static Fact Cache(UsageTotals totals, UsageTotals? before)
    {
        var share = before is null ? "" : $", {Figures.Percent(before.CacheReadInputTokens, before.Prompt())} before";
        return new Fact(
            "Cache",
            Figures.Percent(totals.CacheReadInputTokens, totals.Prompt()),
            Wording.Join($"of the prompts was read from it{share}", Wording.Saved(totals.SavedByCache)),
            totals.SavedByCache.Value < 0 ? Tone.Doubtful : Tone.Plain);
    }

    private static IEnumerable<Fact> Lost(SummaryData data)
    {
        var breaks = data.Breaks.Where(r => !r.IsMissed).ToList();
        if (breaks.Count > 0)
        {
            var cost = breaks.Aggregate(NanoUsd.Zero, (sum, r) => sum + r.Loss.Cost);
            var isPriced = breaks.Exists(r => r.Loss.Unpriced < r.Loss.Count);
            yield return new Fact("Lost", isPriced ? Figures.Money(cost) : "?", $"in {Figures.Count(breaks.Sum(r => r.Loss.Count), "break")} of the cache{(isPriced ? "" : ", price unknown")}", Tone.Bad);
        }
    }

    private static string Ratio(NanoUsd cost, NanoUsd old) => CostChange.TimesOf(cost, old) is { } times
        ? $", {times} times"
        : $"{(old.Value > 0 ? $", {CostChange.Of(cost, old)}" : "")} against";

    private static string Change(NanoUsd cost, UsageTotals? before, Period period)
    {
        if (before is null)
        {
            return "";
        }

        var earlier = EarlierWords.Of(period);
        if (before.Attempts == 0)
        {
            return $"no calls {earlier.When}";
        }

        var old = before.Cost.Total;
        var change = cost - old;
        var sign = change.Value >= 0 ? "+" : "-";
        var amount = Figures.Money(change.Value >= 0 ? change : NanoUsd.Zero - change);
        return change.Value == 0
            ? $"the same as {earlier.When}"
            : $"{sign}{amount}{Ratio(cost, old)} {earlier.Name}";
    }
}
