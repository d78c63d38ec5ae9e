using System.Globalization;
using CostLedger.Querying;
using CostLedger.Querying.Errors;
using CostLedger.Records;
using CostLedger.Records.Errors;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Which attempts failed, for people.</summary>
internal static class ErrorTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Errors";

    private const string Dash = "-";
    private const int MostRows = 100;
    private const long Rate = 1_000_000;

    /// <summary>Makes the report.</summary>
    public static Report Of(ErrorReport report, Period period)
    {
        var canceled = report.Categories.FirstOrDefault(c => c.Key == ErrorCategory.Canceled).Value;
        var sections = new List<Section> { new() { Facts = Facts(report, canceled, period), Notes = Notes(report) } };
        if (report.Groups.Count > 0)
        {
            sections.Add(new Section { Heading = "By category", Table = Categories(report, period) });
            sections.Add(new Section { Heading = $"Failed of the attempts, per {new Grouping(report.Unit).Name}", Bars = Bars(report) });
            sections.Add(new Section { Heading = "By error", Table = Groups(report, period), Notes = Rest(report) });
            sections.Add(new Section { Heading = "The worst of each", Table = Examples(report.Examples, period) });
        }

        return new Report(Title, Wording.Of(period), sections);
    }

    private static List<Fact> Facts(ErrorReport report, ErrorTotals? canceled, Period period)
    {
        var t = report.Totals;
        var facts = new List<Fact>
        {
            new("Failed", Figures.Count(t.Count), $"{Figures.Percent(t.Count, report.Attempts)} of {Figures.Count(report.Attempts, "attempt")}", t.Count > 0 ? Tone.Bad : Tone.Good),
        };
        if (canceled is not null)
        {
            facts.Add(new Fact("Canceled", Figures.Count(canceled.Count), $"by the caller, which is no failure; cost {Figures.Money(canceled.Cost)}"));
        }

        if (t.Count == 0)
        {
            return facts;
        }

        facts.Add(new Fact("First", Minute(t.First, period), $"and last {Minute(t.Last, period)}"));
        facts.Add(new Fact("Cost", Figures.Money(t.Cost), t.Estimated > 0 ? $"of the failed attempts, {Figures.Count(t.Estimated)} estimated" : "of the failed attempts"));
        facts.Add(new Fact("Recovered", Figures.Count(t.FollowedBySuccess), $"{Figures.Percent(t.FollowedBySuccess, t.Count)} were followed by a success of the same call"));
        facts.Add(new Fact("Told to wait", Figures.Count(t.WithRetryAfter), t.LongestRetryAfter is { } wait ? $"by retry-after, {Figures.Duration(wait)} at most" : "by retry-after"));
        return facts;
    }

    private static List<Cell> Notes(ErrorReport report)
    {
        var notes = new List<Cell>();
        if (report.Totals.Count == 0)
        {
            notes.Add(new Cell("No attempt failed.", Tone.Good));
        }

        if (report.Totals.Unpriced > 0)
        {
            notes.Add(new Cell($"{Figures.Count(report.Totals.Unpriced)} failed without a price and {(report.Totals.Unpriced == 1 ? "is" : "are")} not in the cost.", Tone.Doubtful));
        }

        return notes;
    }

    private static IReadOnlyList<Cell> Rest(ErrorReport report) => report.Groups.Count > MostRows
        ? [new Cell($"{Figures.Count(report.Groups.Count - MostRows)} more; json and csv have all of them.", Tone.Muted)]
        : [];

    private static Table Categories(ErrorReport report, Period period) => new(
        [Column.Words("category", Column.Always), .. FigureColumns],
        [
            .. report.Categories
                .OrderByDescending(c => c.Value.Count)
                .Select(IReadOnlyList<Cell> (c) => [new Cell(c.Key.Name(), ToneOf(c.Key)), .. Row(c.Value, report, period)]),
        ]);

    private static Table Groups(ErrorReport report, Period period) => new(
        [
            Column.Words("error", Column.Always) with { Least = 16 }, new Column("status", 85), Column.Words("model", Column.Always) with { Least = 17 },
            .. FigureColumns,
        ],
        [
            .. report.Groups.Take(MostRows).Select(IReadOnlyList<Cell> (g) =>
            [
                new Cell(g.ErrorType ?? g.Category.Name(), ToneOf(g.Category)), Status(g.HttpStatus), Wording.Name(g.Model), .. Row(g.Totals, report, period),
            ]),
        ]);

    private static IReadOnlyList<Column> FigureColumns { get; } =
    [
        new("attempts", Column.Always), new("share", 80), new("p50", 60), new("p95", 55), new("cost", 70),
        new("recovered", 65), new("told to wait", 30), new("first", 20), new("last", 50),
    ];

    private static IEnumerable<Cell> Row(ErrorTotals t, ErrorReport report, Period period) =>
    [
        Figures.Count(t.Count),
        Figures.Percent(t.Count, report.Attempts),
        t.Duration is { } p50 ? Figures.Duration(p50.P50) : Missing,
        t.Duration is { } p95 ? Figures.Duration(p95.P95) : Missing,
        t.Unpriced == t.Count ? Missing : Figures.Money(t.Cost, Figures.MoneyPlaces([report.Totals.Cost])),
        Figures.Count(t.FollowedBySuccess),
        Figures.Count(t.WithRetryAfter),
        Minute(t.First, period),
        Minute(t.Last, period),
    ];

    private static List<Bar> Bars(ErrorReport report) =>
    [
        .. report.Slots.Select(slot => new Bar(
            Label(slot.Name, report.Unit),
            slot.Attempts == 0 ? 0 : (long)(slot.Failed * (decimal)Rate / slot.Attempts),
            slot.Attempts == 0 ? Dash : Figures.Percent(slot.Failed, slot.Attempts))),
    ];

    // The key's own spelling, shortened where the hour or the weekday says more.
    private static string Label(string name, GroupKind unit) => unit switch
    {
        GroupKind.Hour => DateTimeOffset.Parse(name, CultureInfo.InvariantCulture).ToString("ddd HH:mm", CultureInfo.InvariantCulture),
        GroupKind.Day => DateOnly.Parse(name, CultureInfo.InvariantCulture).ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => name,
    };

    private static Table Examples(IReadOnlyList<CallRecord> calls, Period period)
    {
        var length = CallsTable.IdLength(calls);
        return new Table(
            [
                Column.Ids("id", Column.Always), new Column("started", 60), Column.Words("error", 80) with { Least = 12 }, new Column("status", 55),
                Column.Words("model", 50) with { Least = 17 }, new Column("took", 70), new Column("cost", 65), Column.Ids("request id", 90),
            ],
            [
                .. calls.Select(IReadOnlyList<Cell> (c) =>
                [
                    c.Id.ToString()[..length],
                    Figures.Second(period.Local(c.StartedAt)),
                    c.ErrorType ?? c.Outcome.Name(),
                    Status(c.HttpStatus),
                    Wording.Name(c.Model),
                    Figures.Duration(c.Timing.Total),
                    CallsTable.Cost(c.Cost),
                    c.RequestId ?? Missing,
                ]),
            ]);
    }

    private static string Minute(DateTimeOffset? moment, Period period) => moment is { } known ? Figures.Minute(period.Local(known)) : Dash;

    private static Cell Missing => new(Dash, Tone.Muted);

    private static Cell Status(int? status) => status is { } code ? code.ToString(CultureInfo.InvariantCulture) : Missing;

    private static Tone ToneOf(ErrorCategory category) => category == ErrorCategory.Canceled ? Tone.Muted : Tone.Bad;
}
