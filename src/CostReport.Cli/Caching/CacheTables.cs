using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Advice;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Caching;

/// <summary>The use of the prompt cache, for people.</summary>
internal static class CacheTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Prompt cache";

    private const int MostRows = 500;

    /// <summary>Makes the report: a table where dimensions were asked for, else all there is to say.</summary>
    /// <param name="report">What was read, written and lost.</param>
    /// <param name="advice">What would save more; null where it was not asked for.</param>
    /// <param name="period">The period.</param>
    public static Report Of(CacheReport report, AdviceReport? advice, Period period) => report.By.Count > 0
        ? new Report($"{Title}, by {string.Join(" and ", report.By.Select(by => by.Name))}", Wording.Of(period), [new Section { Table = Groups(report), Notes = Notes(report) }])
        : new Report(Title, Wording.Of(period), [.. Sections(report, advice, period)]);

    private static IEnumerable<Section> Sections(CacheReport report, AdviceReport? advice, Period period)
    {
        yield return new Section { Facts = Facts(report, advice), Notes = Notes(report) };
        if (report.Totals.InputTokens > 0)
        {
            yield return new Section { Heading = "Prompt tokens", Table = Tokens(report.Totals) };
        }

        foreach (var section in BreakTables.Of(report, period).Concat(DoubtTables.Of(report)))
        {
            yield return section;
        }

        if (advice is not null)
        {
            yield return AdviceSection.Of(advice);
        }
    }

    private static List<Fact> Facts(CacheReport report, AdviceReport? advice)
    {
        var t = report.Totals;
        var facts = new List<Fact>
        {
            new("Hit ratio", t.HitRatio is { } ratio ? Figures.Percent(ratio, 1) : "-", "of the prompt tokens were read from the cache", Tone.Strong),
            new("Saved", Figures.Money(t.Saved), t.Saved.Value < 0 ? "caching cost more than it saved" : "against the same tokens without a cache", t.Saved.Value < 0 ? Tone.Bad : Tone.Good),
            new("Wasted", Figures.Money(t.Breaks.Cost), t.Breaks.Count == 0 ? "no break" : $"in {Figures.Count(t.Breaks.Count, "break")}: {Figures.Count(t.Breaks.Tokens)} tokens that could have been read were not", t.Breaks.Count > 0 ? Tone.Bad : Tone.Plain),
        };
        if (t.Missed.Count > 0)
        {
            facts.Add(new Fact("Missed", Figures.Money(t.Missed.Cost), $"in {Figures.Count(t.Missed.Count, "call")} that could have read more, although no conversation lost anything"));
        }

        if (advice is { UnreadWrites: { Count: > 0 } unread })
        {
            facts.Add(new Fact("Never read", Figures.Money(unread.Cost), $"at least: what {Figures.Count(unread.Count, "call")} wrote and nobody read cost so much more than plain input"));
        }

        if (report.Agreement is { } agreement)
        {
            facts.Add(new Fact("Agreement", Figures.Percent(agreement, 1), "with the provider's own cache diagnosis, where both say something"));
        }

        if (report.Forecast is { Calls: > 0 } forecast)
        {
            facts.Add(new Fact("Foreseen", Figures.Percent(forecast.Right, forecast.Calls), $"of {Figures.Count(forecast.Calls, "forecast")}; {Figures.Count(forecast.Less)} read less, {Figures.Count(forecast.More)} more"));
        }

        return facts;
    }

    private static List<Cell> Notes(CacheReport report)
    {
        var t = report.Totals;
        var notes = new List<Cell>();
        if (t is { ReadTokens: 0, Written5mTokens: 0, Written1hTokens: 0 } && t.InputTokens > 0)
        {
            notes.Add(new Cell("Nothing was read from a cache or written to it: no request was marked with cache_control, or all were too short."));
        }

        if (t.UnpricedAttempts > 0)
        {
            notes.Add(new Cell($"{Figures.Count(t.UnpricedAttempts, "call")} without a price: tokens are counted, money is not; 'costreport doctor' names the models.", Tone.Bad));
        }

        if (t.UntoldAttempts > 0)
        {
            notes.Add(new Cell($"The answers of {Figures.Count(t.UntoldAttempts, "call")} say nothing of a cache; their input counts as uncached.", Tone.Doubtful));
        }

        return notes;
    }

    private static Table Tokens(CacheTotals t)
    {
        IReadOnlyList<Cell> Row(string name, long tokens) =>
            [name, Figures.Count(tokens), Figures.Percent(tokens, t.InputTokens), new Cell("", Tone.Plain, (double)Math.Clamp(tokens / t.InputTokens, 0, 1))];
        return new Table(
            [Column.Words("", Column.Always), new Column("tokens", Column.Always), new Column("of all", 80), Column.Bars(40)],
            [Row("read", t.ReadTokens), Row("written for 5 minutes", t.Written5mTokens), Row("written for 1 hour", t.Written1hTokens), Row("uncached", t.UncachedTokens)],
            ["all", t.InputTokens <= long.MaxValue ? Figures.Count((long)t.InputTokens) : "-", "", Cell.Empty]);
    }

    private static Table Groups(CacheReport report)
    {
        var groups = report.Groups.Take(MostRows).ToList();
        var saved = Figures.MoneyPlaces(groups.Select(g => g.Totals.Saved));
        var wasted = Figures.MoneyPlaces(groups.Select(g => g.Totals.Breaks.Cost));
        IReadOnlyList<Cell> Row(IEnumerable<Cell> key, CacheTotals t) =>
        [
            .. key, t.HitRatio is { } ratio ? Figures.Percent(ratio, 1) : "-", Figures.Count(t.ReadTokens), Figures.Count(t.Written5mTokens), Figures.Count(t.Written1hTokens),
            Figures.Count(t.UncachedTokens), Figures.Money(t.Saved, saved), Figures.Count(t.Breaks.Count), Figures.Money(t.Breaks.Cost, wasted),
        ];
        return new Table(
            [
                .. report.By.Select(by => Column.Words(by.Name, Column.Always)), new Column("hits", Column.Always), new Column("read", 70), new Column("written 5m", 60),
                new Column("written 1h", 50), new Column("uncached", 65), new Column("saved", 90), new Column("breaks", 85), new Column("wasted", 95),
            ],
            [.. groups.Select(g => Row(g.Key.Select(k => (Cell)Wording.Name(k)), g.Totals))],
            Row(report.By.Select((_, i) => (Cell)(i == 0 ? "all" : "")), report.Totals));
    }
}
