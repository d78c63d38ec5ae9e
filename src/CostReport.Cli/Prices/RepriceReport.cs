using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;

namespace CostReport.Cli.Prices;

/// <summary>What pricing old calls again changes, and why.</summary>
internal static class RepriceReport
{
    private static readonly string[] DataColumns =
        ["model", "cause", "attempts", "cost_usd_before", "cost_usd_after", "change_usd", "example_id"];

    /// <summary>Makes the report.</summary>
    public static Report Of(RepriceResult result, Period period, bool dryRun) => new(
        dryRun ? "What pricing again would change" : "What pricing again has changed",
        $"{Wording.Of(period)}, price list {result.Version}",
        [
            new Section
            {
                Facts = Facts(result, dryRun),
                Table = result.Changes.Count > 0 ? Changes(result) : null,
                Notes = Notes(result, dryRun),
            },
        ]);

    /// <summary>The changes, exact.</summary>
    public static Dataset Data(RepriceResult result) => new("changes", DataColumns, result.Changes.Select(IReadOnlyList<Field> (c) =>
    [
        Field.Of(c.Model), Field.Of(c.Cause), Field.Of(c.Attempts), Field.Of(c.Before), Field.Of(c.After), Field.Of(c.After - c.Before), Field.Of(c.Example?.ToString()),
    ]));

    private static List<Fact> Facts(RepriceResult result, bool dryRun)
    {
        var changed = result.Changes.Sum(c => c.Attempts);
        return
        [
            new("Looked at", Figures.Count(result.Attempts), "attempts"),
            new(dryRun ? "Would change" : "Changed", Figures.Count(dryRun ? changed : result.Written), "attempts"),
            new("Cost before", Figures.Money(result.Before)),
            new("Cost after", Figures.Money(result.After), Change(result.After - result.Before), Tone.Strong),
        ];
    }

    private static Table Changes(RepriceResult result)
    {
        var places = Figures.MoneyPlaces(result.Changes.SelectMany(c => new[] { c.Before, c.After }));
        return new Table(
            [
                Column.Words("model", Column.Always) with { Least = 17 },
                Column.Words("because", Column.Always) with { Least = 16 },
                new Column("attempts", Column.Always),
                new Column("before", 60),
                new Column("after", 60),
                new Column("change", Column.Always),
                Column.Ids("for example", 20),
            ],
            [
                .. result.Changes.Select(IReadOnlyList<Cell> (c) =>
                [
                    Wording.Name(c.Model),
                    Because(c.Cause),
                    Figures.Count(c.Attempts),
                    Figures.Money(c.Before, places),
                    Figures.Money(c.After, places),
                    Change(c.After - c.Before, places),
                    c.Example?.ToString() ?? "",
                ]),
            ]);
    }

    private static List<Cell> Notes(RepriceResult result, bool dryRun)
    {
        var notes = new List<Cell>();
        if (result.Changes.Count == 0)
        {
            notes.Add(new Cell("Every cost stays as it is.", Tone.Good));
        }
        else if (dryRun)
        {
            notes.Add(new Cell("Nothing was written; without --dry-run it is.", Tone.Muted));
        }

        if (result.Overtaken > 0)
        {
            notes.Add(new Cell($"{Figures.Count(result.Overtaken, "attempt")} changed meanwhile and kept the stored cost; run it again.", Tone.Doubtful));
        }

        if (result.Unreadable > 0)
        {
            notes.Add(new Cell($"{Figures.Count(result.Unreadable, "attempt")} cannot be read whole and kept the stored cost; see 'costreport doctor'.", Tone.Bad));
        }

        return notes;
    }

    private static string Because(string cause) => cause switch
    {
        "was_unpriced" => "has a price now",
        "now_unpriced" => "no price any more",
        "price_changed" => "price changed",
        "calculation_changed" => "calculation changed",
        "price_list_missing" => "price list is gone",
        _ => cause,
    };

    private static string Change(NanoUsd change, int? places = null)
    {
        var text = places is { } known ? Figures.Money(change, known) : Figures.Money(change);
        return change.Value > 0 ? $"+{text}" : text;
    }
}
