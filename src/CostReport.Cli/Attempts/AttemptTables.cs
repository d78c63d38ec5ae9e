using CostLedger.Querying;
using CostLedger.Querying.Attempts;
using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Attempts;

/// <summary>What attempts took, for people.</summary>
internal static class AttemptTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Attempts, and what was wasted";

    private const int MostRows = 500;
    private const int MostFailures = 20;

    /// <summary>Makes the report: a table where dimensions were asked for, else all there is to say.</summary>
    public static Report Of(AttemptReport report, Period period) => report.By.Count > 0
        ? new Report($"{Title}, by {string.Join(" and ", report.By.Select(by => by.Name))}", Wording.Of(period), [new Section { Table = Groups(report), Notes = Notes(report.Totals) }])
        : new Report(Title, Wording.Of(period), [.. Sections(report, period)]);

    private static IEnumerable<Section> Sections(AttemptReport report, Period period)
    {
        var totals = report.Totals;
        yield return new Section { Facts = Facts(totals), Notes = Notes(totals) };
        yield return new Section { Heading = "How calls ended", Table = Outcomes(totals) };
        if (totals.Wasted.Attempts > 0)
        {
            yield return new Section { Heading = "Wasted", Table = Wasted(totals) };
            yield return new Section { Heading = "What went wrong", Table = Failures(report.Failures) };
        }

        if (report.Fallbacks.Count > 0)
        {
            yield return new Section { Heading = "Other models", Table = Fallbacks(report.Fallbacks) };
        }

        if (report.Worst.Count > 0)
        {
            yield return new Section
            {
                Heading = "Calls that wasted most",
                Table = Worst(report.Worst, period),
                Notes = [new Cell($"'costreport calls show {report.Worst[0].Id}' shows the first attempt of the first.", Tone.Muted)],
            };
        }
    }

    private static List<Fact> Facts(AttemptTotals totals)
    {
        var wasted = totals.Wasted;
        var facts = new List<Fact>
        {
            new("Calls", Figures.Count(totals.Calls), totals.Retries == 0 ? "each tried once" : $"in {Figures.Count(totals.Attempts, "attempt")}; {Figures.Count(totals.RetriedCalls)} tried more than once"),
            new("Wasted money", Figures.Money(wasted.Cost), $"{Figures.Percent(wasted.Cost.Value, totals.Cost.Value)} of the cost, on {Figures.Count(wasted.Attempts, "attempt")}", wasted.Cost.Value > 0 ? Tone.Bad : Tone.Strong),
            new("Wasted time", Figures.Duration(totals.WastedTime), $"{Figures.Duration(wasted.Time)} in attempts, {Figures.Duration(totals.Waited)} between them"),
        };
        if (totals.RetryAfter is { Asked: > 0 } waits)
        {
            facts.Add(new Fact(
                "retry-after",
                $"{Figures.Count(waits.Honored)} of {Figures.Count(waits.Asked)} kept",
                waits.Early == 0 ? "" : $"{Figures.Count(waits.Early)} tried too early, by {Figures.Duration(waits.MostEarlyBy)} at most",
                waits.Early == 0 ? Tone.Good : Tone.Bad));
        }

        if (totals.BilledTwice is { Attempts: > 0 } twice)
        {
            facts.Add(new Fact(
                "Billed twice?",
                Figures.Money(twice.AtRisk),
                $"at risk: {Figures.Count(twice.Attempts, "attempt")} given up after being sent, then answered by another{(twice.Unknown > 0 ? $"; {Figures.Count(twice.Unknown)} of unknown cost" : "")}",
                Tone.Doubtful));
        }

        if (totals.FallbackCalls > 0)
        {
            facts.Add(new Fact("Other models", Figures.Count(totals.FallbackCalls, "call"), "tried or answered by another model than the first"));
        }

        return facts;
    }

    private static List<Cell> Notes(AttemptTotals totals)
    {
        var notes = new List<Cell>();
        if (totals.Wasted.Unpriced > 0)
        {
            notes.Add(new Cell($"The cost of {Figures.Count(totals.Wasted.Unpriced, "wasted attempt")} is not known and not in the money.", Tone.Bad));
        }

        notes.AddRange(Wording.Estimated(totals.Estimated, "attempt"));
        notes.AddRange(Wording.NearLeast(totals.NearLeast));
        if (totals.BegunBefore > 0)
        {
            notes.Add(new Cell($"{Figures.Count(totals.BegunBefore, "call")} began before the period; {(totals.BegunBefore == 1 ? "it is" : "they are")} counted as a whole.", Tone.Muted));
        }

        if (totals.WithoutFirst > 0)
        {
            notes.Add(new Cell($"Of {Figures.Count(totals.WithoutFirst, "call")} the first attempt is not in the ledger.", Tone.Doubtful));
        }

        return notes;
    }

    private static Table Outcomes(AttemptTotals totals) => new(
        [Column.Words("ended", Column.Always), new Column("calls", Column.Always), new Column("of all", 70)],
        [
            .. totals.Outcomes.OrderByDescending(o => o.Value).Select(IReadOnlyList<Cell> (o) =>
            [
                new Cell(o.Key.Name(), o.Key == CallOutcome.Success ? Tone.Plain : Tone.Bad),
                Figures.Count(o.Value),
                Figures.Percent(o.Value, totals.Calls),
            ]),
        ]);

    private static Table Wasted(AttemptTotals totals)
    {
        var places = Figures.MoneyPlaces([totals.Wasted.Cost]);
        IReadOnlyList<Cell> Row(string name, string why, Waste waste) =>
            [name, new Cell(why, Tone.Muted), Figures.Count(waste.Attempts), Figures.Duration(waste.Time), Figures.Money(waste.Cost, places)];
        return new Table(
            [Column.Words("attempts", Column.Always), Column.Words("", 20), new Column("count", 90), new Column("time", 80), new Column("cost", Column.Always)],
            [
                Row("retried", "another followed", totals.Retried),
                Row("failed", "the last, without an answer", totals.Failed),
                Row("abandoned", "the last, cancelled by the caller", totals.Abandoned),
                ["waiting", new Cell("between attempts", Tone.Muted), "", Figures.Duration(totals.Waited), ""],
            ],
            ["all", "", Figures.Count(totals.Wasted.Attempts), Figures.Duration(totals.WastedTime), Figures.Money(totals.Wasted.Cost, places)]);
    }

    private static Table Failures(IReadOnlyList<FailureGroup> failures)
    {
        var places = Figures.MoneyPlaces(failures.Select(f => f.Waste.Cost));
        var shown = Table.Shown(failures.Count, MostFailures);
        var rows = failures.Take(shown).Select(IReadOnlyList<Cell> (f) =>
        [
            new Cell(Wording.Name(f.Error), Tone.Bad),
            Wording.Name(f.Model),
            Figures.Count(f.Waste.Attempts),
            Figures.Count(f.Recovered),
            Figures.Duration(f.Waste.Time),
            Figures.Money(f.Waste.Cost, places),
        ]).ToList();
        if (failures.Count > shown)
        {
            var rest = failures.Skip(shown).ToList();
            var sum = rest.Aggregate(default(Waste), (all, f) => all + f.Waste);
            rows.Add([new Cell($"({Figures.Count(rest.Count)} others)", Tone.Muted), "", Figures.Count(sum.Attempts), Figures.Count(rest.Sum(f => f.Recovered)), Figures.Duration(sum.Time), Figures.Money(sum.Cost, places)]);
        }

        return new Table(
            [Column.Words("error", Column.Always), Column.Words("model", 70), new Column("attempts", Column.Always), new Column("answered later", 60), new Column("time", 50), new Column("cost", 80)],
            rows);
    }

    private static Table Fallbacks(IReadOnlyList<ModelFallback> fallbacks) => new(
        [Column.Words("from", Column.Always), Column.Words("to", Column.Always), new Column("times", Column.Always), Column.Words("by", 50)],
        [.. fallbacks.Take(MostFailures).Select(IReadOnlyList<Cell> (f) => [f.From, f.To, Figures.Count(f.Count), f.ByServer ? "the provider" : "the application"])]);

    private static Table Worst(IReadOnlyList<AttemptExample> worst, Period period)
    {
        var places = Figures.MoneyPlaces(worst.Select(w => w.Wasted.Cost));
        var length = CallsTable.IdLength([.. worst.Select(w => w.Id)]);
        return new Table(
            [
                Column.Ids("first attempt", Column.Always), Column.Ids("started", 40), Column.Words("model", 60), Column.Words("ended", 50),
                Column.Words("errors", 70), new Column("time", 80), new Column("cost", Column.Always),
            ],
            [
                .. worst.Select(IReadOnlyList<Cell> (w) =>
                [
                    w.Id.ToString()[..length],
                    Figures.Second(period.Local(w.Id.Time)),
                    Wording.Name(w.Model),
                    new Cell(w.Outcome.Name(), w.Outcome == CallOutcome.Success ? Tone.Plain : Tone.Bad),
                    Counted(w.Errors),
                    Figures.Duration(w.Wasted.Time + w.Waited),
                    w.Wasted.Unpriced == w.Wasted.Attempts ? new Cell("?", Tone.Doubtful) : Figures.Money(w.Wasted.Cost, places),
                ]),
            ]);
    }

    // "2 x overloaded_error, timeout"
    private static string Counted(IEnumerable<string> errors) => string.Join(", ", errors
        .GroupBy(e => e, StringComparer.Ordinal)
        .Select(g => g.Count() == 1 ? g.Key : $"{Figures.Count(g.Count())} x {g.Key}"));

    private static Table Groups(AttemptReport report)
    {
        var places = Figures.MoneyPlaces([report.Totals.Wasted.Cost]);
        List<Cell> Row(IEnumerable<Cell> key, AttemptTotals t, Tone tone) =>
        [
            .. key,
            new(Figures.Count(t.Calls), tone),
            new(Figures.Count(t.Attempts), tone),
            new(Figures.Count(t.RetriedCalls), tone),
            new(Figures.Count(t.Wasted.Attempts), t.Wasted.Attempts > 0 ? Tone.Bad : tone),
            new(Figures.Duration(t.WastedTime), tone),
            new(Figures.Money(t.Wasted.Cost, places), tone),
            new(Figures.Percent(t.Wasted.Cost.Value, t.Cost.Value), tone),
        ];
        var shown = Table.Shown(report.Groups.Count, MostRows);
        var rows = report.Groups.Take(shown)
            .Select(g => Row(g.Key.Select(k => new Cell(Wording.Name(k), string.IsNullOrEmpty(k) ? Tone.Muted : Tone.Plain)), g.Totals, Tone.Plain)).ToList();
        if (report.Groups.Count > shown)
        {
            rows.Add([.. report.By.Select((_, i) => new Cell(i == 0 ? $"({Figures.Count(report.Groups.Count - shown)} others)" : "", Tone.Muted)), .. Enumerable.Repeat(Cell.Empty, 7)]);
        }

        return new Table(
            [
                .. report.By.Select(by => by.Kind <= GroupKind.Month ? Column.Ids(by.Name, Column.Always) : Column.Words(by.Name, Column.Always)),
                new Column("calls", 80), new Column("attempts", 60), new Column("retried", 50), new Column("wasted", 70),
                new Column("wasted time", 85), new Column("wasted cost", Column.Always), new Column("of the cost", 40),
            ],
            rows,
            Row(report.By.Select((_, i) => new Cell(i == 0 ? "total" : "", Tone.Strong)), report.Totals, Tone.Strong));
    }
}
