using System.Globalization;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Estimates.Accuracy;

/// <summary>How far off estimates were, for people and for spreadsheets.</summary>
internal static class AccuracyTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Estimates against what was counted";

    private const int MostRows = 100;
    private const double Middle = 0.5;
    private const double Most = 0.9;

    /// <summary>Makes the report.</summary>
    public static Report Of(AccuracyReport report, Period period)
    {
        var all = report.Totals;
        return new Report(Title, Wording.Of(period),
        [
            new Section
            {
                Facts =
                [
                    new Fact("Calls", Figures.Count(all.Calls), "estimated before the answer and counted by the provider"),
                    new Fact("Error", Percent(all.Error(Middle)), $"in the middle; nine of ten below {Percent(all.Error(Most))}", Tone.Strong),
                    new Fact("Cold", Percent(all.ColdError(Middle)), $"by the shipped constants alone; nine of ten below {Percent(all.ColdError(Most))}"),
                    new Fact("Bias", Signed(all.Bias()), "above zero: estimates are too high"),
                    new Fact("In interval", Percent(all.Within), "of the calls; nine of ten are meant to be"),
                ],
            },
            new Section { Heading = "By model, and by what most of the input was", Table = Groups(report) },
        ]);
    }

    /// <summary>The report where no call has an estimate beside a count.</summary>
    public static Report Nothing(Period period) => new(
        Title,
        Wording.Of(period),
        [
            new Section
            {
                Notes =
                [
                    new Cell("No call has an estimate and a count of its input.", Tone.Strong),
                    new Cell("Calls are estimated unless ReadPrompts is off; those to which the provider's own tools added input are left out. Ask for a longer period (--since)."),
                ],
            },
        ]);

    /// <summary>The groups, exact.</summary>
    public static Dataset Data(AccuracyReport report) => new(
        "groups",
        ["model", "content", "calls", "error_p50", "error_p90", "cold_error_p50", "cold_error_p90", "bias", "in_interval"],
        report.Groups.Select(IReadOnlyList<Field> (g) =>
        [
            Field.Of(g.Model), Field.Of(g.Content), Field.Of(g.Errors.Calls), Exact(g.Errors.Error(Middle)), Exact(g.Errors.Error(Most)),
            Exact(g.Errors.ColdError(Middle)), Exact(g.Errors.ColdError(Most)), Exact(g.Errors.Bias()), Exact(g.Errors.Within),
        ]));

    private static Table Groups(AccuracyReport report) => new(
        [
            Column.Words("model", Column.Always), Column.Words("mostly", Column.Always), new Column("calls", 90), new Column("error", Column.Always),
            new Column("9 of 10", 95), new Column("cold", 60), new Column("cold 9 of 10", 40), new Column("bias", 50), new Column("in interval", 70),
        ],
        [
            .. report.Groups.Take(MostRows).Select(IReadOnlyList<Cell> (g) =>
            [
                Wording.Name(g.Model), g.Content, Figures.Count(g.Errors.Calls), Percent(g.Errors.Error(Middle)), Percent(g.Errors.Error(Most)),
                Percent(g.Errors.ColdError(Middle)), Percent(g.Errors.ColdError(Most)), Signed(g.Errors.Bias()), Percent(g.Errors.Within),
            ]),
        ]);

    private static Field Exact(double? share) => Field.Of(share is { } known ? Math.Round((decimal)known, 6) : (decimal?)null);

    private static string Percent(double? share) => share is { } known ? Figures.Percent((decimal)known, 1) : "-";

    private static string Signed(double? share) => share is { } known ? (known * 100).ToString("+0.0'%';-0.0'%';0.0'%'", CultureInfo.InvariantCulture) : "-";
}
