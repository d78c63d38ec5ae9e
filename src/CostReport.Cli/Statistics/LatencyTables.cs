using System.Globalization;
using CostLedger.Querying.Latency;
using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>How long answers took, for people.</summary>
internal static class LatencyTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Latency of answers";

    private const int MostRows = 500;
    private const string Dash = "-";

    /// <summary>Makes the report.</summary>
    public static Report Of(LatencyReport report, Period period)
    {
        var sections = new List<Section> { new() { Facts = Facts(report.Totals), Notes = Notes(report.Totals) } };
        if (report.Totals.Answers > 0)
        {
            sections.Add(new Section { Heading = "All answers", Table = Measures(report.Totals), Notes = [RateNote] });
        }

        if (report.By.Count > 0)
        {
            sections.Add(ByGroup(report));
        }

        if (report.Slowest.Count > 0)
        {
            sections.Add(new Section { Heading = "Slowest answers", Table = Slowest(report.Slowest, period) });
        }

        return new Report(Title, Wording.Of(period), sections);
    }

    private static List<Fact> Facts(LatencyTotals totals)
    {
        var failed = totals.FailedDuration is { } d
            ? $"took {Figures.Duration(d.P50)} at the median, {Figures.Duration(d.P95)} at p95; not in the figures below"
            : "not in the figures below";
        var facts = new List<Fact>
        {
            new("Answers", Figures.Count(totals.Answers), $"came whole, {Figures.Count(totals.Streamed)} of them streamed", Tone.Strong),
            new("Failed", Figures.Count(totals.Failed), totals.Failed > 0 ? failed : "", totals.Failed > 0 ? Tone.Bad : Tone.Plain),
        };
        if (totals.Canceled > 0)
        {
            facts.Add(new Fact("Canceled", Figures.Count(totals.Canceled), "by the caller; not in the figures below"));
        }

        if (totals.Answers > 0)
        {
            facts.Add(new Fact("Sent", Figures.Bytes(totals.RequestBytes), $"{Figures.Bytes(totals.RequestBytes / totals.Answers)} an answer"));
            facts.Add(new Fact("Received", Figures.Bytes(totals.ResponseBytes), $"{Figures.Bytes(totals.ResponseBytes / totals.Answers)} an answer"));
        }

        facts.Add(totals.ObservedConnections > 0
            ? new Fact("Connection", Figures.Percent(totals.ReusedConnections, totals.ObservedConnections), $"of {Figures.Count(totals.ObservedConnections)} observed were open already")
            : new Fact("Connection", Dash, "not observed; MessagesTelemetryOptions.ObserveConnections turns it on"));
        return facts;
    }

    private static List<Cell> Notes(LatencyTotals totals)
    {
        var notes = new List<Cell>();
        if (totals.Answers == 0)
        {
            notes.Add(new Cell("No answer came whole; 'costreport errors' says why.", Tone.Bad));
        }

        if (totals.Duration is { IsExact: false })
        {
            notes.Add(new Cell("Percentiles of more than 16,384 figures are within 0.05 %; the maximum is exact.", Tone.Muted));
        }

        return notes;
    }

    private static Table Measures(LatencyTotals totals)
    {
        IReadOnlyList<Cell> Time(string name, Percentiles<TimeSpan>? p) => Row(name, p, Figures.Duration);
        return new Table(
            [
                Column.Words("measure", Column.Always) with { Least = 20 },
                new Column("p50", Column.Always), new Column("p95", Column.Always), new Column("p99", 90), new Column("max", 80),
                new Column("answers", 50),
            ],
            [
                Time("duration", totals.Duration),
                Time("to the headers", totals.Headers),
                Time("to the first event", totals.FirstEvent),
                Time("to the first token", totals.FirstToken),
                Time("longest silence", totals.LongestGap),
                Row("output tokens/s", totals.OutputTokensPerSecond, Rate),
            ]);
    }

    private static IReadOnlyList<Cell> Row<T>(string name, Percentiles<T>? p, Func<T, string> write)
        where T : struct => p is null
        ? [name, Missing, Missing, Missing, Missing, "0"]
        : [name, write(p.P50), write(p.P95), write(p.P99), write(p.Max), Figures.Count(p.Count)];

    private static Section ByGroup(LatencyReport report)
    {
        var rows = report.Groups.Take(MostRows).Select(IReadOnlyList<Cell> (g) => [.. g.Key.Select(UsageTable.Key), .. Cells(g.Totals)]).ToList();
        return new Section
        {
            Heading = $"By {string.Join(" and ", report.By.Select(by => by.Name))}",
            Table = new Table([.. report.By.Select(UsageTable.Dimension), .. GroupColumns], rows),
            Notes = report.Groups.Count > MostRows
                ? [new Cell($"{Figures.Count(report.Groups.Count - MostRows)} more groups; json and csv have all of them.", Tone.Muted)]
                : [],
        };

        static IEnumerable<Cell> Cells(LatencyTotals t) =>
        [
            Figures.Count(t.Answers),
            t.Failed > 0 ? new Cell(Figures.Count(t.Failed), Tone.Bad) : "0",
            Time(t.Duration?.P50), Time(t.Duration?.P95), Time(t.Duration?.P99), Time(t.Duration?.Max),
            Time(t.FirstToken?.P50), Time(t.FirstToken?.P95),
            t.OutputTokensPerSecond is { } rate ? Rate(rate.P50) : Missing,
            Time(t.Headers?.P50), Time(t.LongestGap?.P95),
            t.ObservedConnections > 0 ? Figures.Percent(t.ReusedConnections, t.ObservedConnections) : Missing,
        ];
    }

    private static IReadOnlyList<Column> GroupColumns { get; } =
    [
        new("answers", 70), new("failed", 60),
        new("p50", Column.Always), new("p95", Column.Always), new("p99", 80), new("max", 45),
        new("first p50", 65), new("first p95", 50), new("tokens/s", 55), new("headers p50", 35), new("silence p95", 30), new("reused", 25),
    ];

    private static Table Slowest(IReadOnlyList<CallRecord> calls, Period period)
    {
        var length = CallsTable.IdLength(calls);
        return new Table(
            [
                Column.Ids("id", Column.Always), new Column("started", 70), Column.Words("model", 90) with { Least = 17 },
                new Column("duration", Column.Always), new Column("first token", 60), new Column("output", 65), Column.Ids("request id", 40),
            ],
            [
                .. calls.Select(IReadOnlyList<Cell> (c) =>
                [
                    c.Id.ToString()[..length],
                    Figures.Second(period.Local(c.StartedAt)),
                    Wording.Name(c.Model),
                    Figures.Duration(c.Timing.Total),
                    c.IsStream ? Time(c.Timing.FirstContent) : Missing,
                    c.Usage?.OutputTokens is { } tokens ? Figures.Count(tokens) : Missing,
                    c.RequestId ?? Missing,
                ]),
            ]);
    }

    private static Cell RateNote { get; } =
        new("Tokens a second count from the first token of a stream, else from the start. The high percentiles are the fast answers.", Tone.Muted);

    private static Cell Missing => new(Dash, Tone.Muted);

    private static Cell Time(TimeSpan? time) => time is { } known ? Figures.Duration(known) : Missing;

    private static string Rate(decimal tokens) => tokens.ToString("N1", CultureInfo.InvariantCulture);
}
