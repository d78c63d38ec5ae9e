using CostLedger.Querying;
using CostReport.Cli.Comparisons;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>What stands at the top of the page: the answer, and the figures that one wants next.</summary>
internal static class Summary
{
    /// <summary>The headline: what it cost, and how that compares.</summary>
    public static string Headline(PageData data)
    {
        var totals = data.Usage.Totals;
        var length = Wording.Length(data.Period);
        var within = length.Length > 0 ? $" in {length}" : " in all";
        if (totals.Attempts == 0)
        {
            return $"No calls{(length.Length > 0 ? within : " yet")}";
        }

        var cost = totals.Cost.Total;
        var finding = cost.Value == 0 ? $"Nothing was charged{within}" : $"{Comparison.Money(cost)}{within}";
        if (data.Before?.Totals is not { } before)
        {
            return finding;
        }

        var earlier = EarlierWords.Of(data.Period);
        if (before.Attempts == 0)
        {
            return $"{finding}, with no calls {earlier.When}";
        }

        var change = Comparison.Of(cost, before.Cost.Total);
        return change.Length > 0 ? $"{finding}, {change} {earlier.Name}" : $"{finding}, after nothing {earlier.When}";
    }

    /// <summary>Writes what stands below the headline.</summary>
    public static void Write(HtmlWriter html, PageData data)
    {
        if (data.Usage.Totals.Attempts > 0)
        {
            PageParts.Facts(html, Facts(data));
        }

        PageParts.Notes(html, [.. Wording.Caveats(data.Usage.Totals), .. ClockAhead.Notes(data.Ahead, data.Period)]);
    }

    /// <summary>Which calls the page is about, where not all are.</summary>
    public static string Filters(CallFilter filter)
    {
        var parts = new List<string>();
        void Add(string name, IEnumerable<string> values)
        {
            var all = string.Join(" or ", values);
            if (all.Length > 0)
            {
                parts.Add($"{name} {all}");
            }
        }

        Add("model", filter.Models);
        Add("provider", filter.Providers.Select(CostLedger.Records.EnumNames.Name));
        Add("session", filter.Sessions);
        Add("conversation", filter.Conversations);
        Add("tag", filter.Tags.Count == 0 ? [] : [string.Join(" and ", filter.Tags.Select(t => $"{t.Key}={t.Value}"))]);
        Add("status", filter.Statuses);
        return string.Join(", ", parts);
    }

    private static List<Fact> Facts(PageData data)
    {
        var totals = data.Usage.Totals;
        var before = data.Before?.Totals is { Attempts: > 0 } known ? known : null;
        var retries = totals.Attempts - totals.Calls;
        var facts = new List<Fact>
        {
            new("Cost", Comparison.Money(totals.Cost.Total), before is null ? "" : $"{Comparison.Money(before.Cost.Total)} before"),
            new("Calls", Figures.Count(totals.Calls), Join(retries > 0 ? $"{Figures.Count(retries)} tried again" : "", before is null ? "" : $"{Figures.Count(before.Calls)} before")),
            new("Tokens", Comparison.Short(totals.Prompt() + totals.OutputTokens), $"{Comparison.Short(totals.Prompt())} in, {Comparison.Short(totals.OutputTokens)} out"),
            Cache(totals, before),
            new("Failed", Comparison.Percent(totals.Errors, totals.Attempts), $"{Figures.Count(totals.Errors)} of {Figures.Count(totals.Attempts, "attempt")}", totals.Errors > 0 ? Tone.Bad : Tone.Plain),
        };
        if (data.Latency.Totals.Duration is { } duration)
        {
            var first = data.Latency.Totals.FirstToken;
            facts.Add(new("Half of the answers within", Figures.Duration(duration.P50), Join($"95% within {Figures.Duration(duration.P95)}", first is null ? "" : $"first token of streams {Figures.Duration(first.P50)}")));
        }

        return facts;
    }

    private static Fact Cache(UsageTotals totals, UsageTotals? before)
    {
        var saved = totals.SavedByCache;
        var money = saved.Value switch
        {
            > 0 => $"saved {Comparison.Money(saved)}",
            < 0 => $"cost {Comparison.Money(new(-saved.Value))} more than it saved",
            _ => "",
        };
        var share = Comparison.Percent(totals.CacheReadInputTokens, totals.Prompt());
        return new Fact(
            "Read from the cache", share, Join(money, before is null ? "" : $"{Comparison.Percent(before.CacheReadInputTokens, before.Prompt())} before"), saved.Value < 0 ? Tone.Doubtful : Tone.Plain);
    }

    private static string Join(string one, string other) => one.Length > 0 && other.Length > 0 ? $"{one}, {other}" : one + other;
}
