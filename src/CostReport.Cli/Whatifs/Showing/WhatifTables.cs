using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;
using CostReport.Cli.Whatifs.Answering;
using CostReport.Cli.Whatifs.Assuming;

namespace CostReport.Cli.Whatifs.Showing;

/// <summary>What would be different, for people.</summary>
internal static class WhatifTables
{
    private const int MostGroups = 50;
    private const int MostCalls = 5;

    /// <summary>The report's title.</summary>
    public static string Title(Assumption assumption) => assumption.Words is [var one] ? $"What if {one}" : "What if several things were different";

    /// <summary>Makes the report.</summary>
    public static Report Of(Answer answer, Period period)
    {
        var sections = new List<Section>();
        if (answer.Assumption.Words is { Count: > 1 } words)
        {
            sections.Add(new Section { Heading = "Assumed", Notes = [.. words.Select(word => new Cell($"{char.ToUpperInvariant(word[0])}{word[1..]}."))] });
        }

        sections.AddRange(
        [
            new() { Facts = Facts(answer), Notes = [.. Warnings.Of(answer).Select(w => new Cell(w.Text, Tone.Doubtful))] },
            new() { Heading = $"By {string.Join(", ", answer.By.Select(g => g.Name))}", Table = Groups(answer), Notes = Rest(answer) },
        ]);
        if (answer.Totals.TokensNow != answer.Totals.TokensThen)
        {
            sections.Add(new Section { Heading = "Tokens", Table = Tokens(answer.Totals) });
        }

        if (answer.Conversations.Count > 1)
        {
            sections.Add(new Section { Heading = "Conversations that change most", Table = Conversations(answer.Conversations) });
        }

        if (answer.Calls.Count > 0)
        {
            sections.Add(new Section { Heading = "Calls that change most", Table = Calls(answer.Calls, period) });
        }

        sections.Add(new Section { Heading = "How sure this is", Notes = [.. Notes(answer)] });
        return new Report(Title(answer.Assumption), Wording.Of(period), sections);
    }

    private static List<Fact> Facts(Answer answer)
    {
        var (totals, isInterval) = (answer.Totals, answer.Totals.Low != answer.Totals.High);
        var tone = totals.Difference.Value switch { < 0 => Tone.Good, > 0 => Tone.Bad, _ => Tone.Plain };
        return
        [
            new("Cost now", Figures.Money(totals.Now), Figures.Count(totals.Calls, "call")),
            new("Cost then", Figures.Money(totals.Then), isInterval ? $"{Figures.Money(totals.Low)} to {Figures.Money(totals.High)}" : Certainty.Of(answer.Assumption), Tone.Strong),
            new("Difference", Change(totals.Difference), totals.Now == NanoUsd.Zero ? "" : Percent(totals), tone),
            new("Calls", $"{Figures.Count(totals.Cheaper)} cheaper", $"{Figures.Count(totals.Dearer)} dearer, {Figures.Count(totals.Same)} the same"),
        ];
    }

    private static Table Groups(Answer answer)
    {
        var places = Figures.MoneyPlaces(answer.Groups.SelectMany(g => new[] { g.Sums.Now, g.Sums.Then }));
        return new Table(
            [
                .. answer.By.Select(g => Column.Words(g.Name, Column.Always)),
                new Column("calls", 80), new Column("cheaper", 50), new Column("dearer", 50),
                new Column("now", 90), new Column("then", Column.Always), new Column("difference", Column.Always), new Column("%", 85),
            ],
            [
                .. answer.Groups.Take(MostGroups).Select(IReadOnlyList<Cell> (g) =>
                [
                    .. g.Key.Select(name => new Cell(Wording.Name(name))),
                    .. Row(g.Sums, places),
                ]),
            ],
            answer.Groups.Count > 1 ? [new Cell("all"), .. answer.By.Skip(1).Select(_ => Cell.Empty), .. Row(answer.Totals, places)] : null);
    }

    private static IEnumerable<Cell> Row(ChangeSums sums, int places) =>
    [
        Figures.Count(sums.Calls), Figures.Count(sums.Cheaper), Figures.Count(sums.Dearer),
        Figures.Money(sums.Now, places), Figures.Money(sums.Then, places), Change(sums.Difference, places), Percent(sums),
    ];

    private static Table Tokens(ChangeSums totals)
    {
        var (now, then) = (totals.TokensNow, totals.TokensThen);
        (string, long, long)[] rows =
        [
            ("input", now.Input, then.Input), ("cache read", now.CacheRead, then.CacheRead), ("cache write 5m", now.CacheWrite5m, then.CacheWrite5m),
            ("cache write 1h", now.CacheWrite1h, then.CacheWrite1h), ("output", now.Output, then.Output),
        ];
        return new Table(
            [Column.Words("class", Column.Always), new Column("now", Column.Always), new Column("then", Column.Always), new Column("difference", 90)],
            [
                .. rows.Select(IReadOnlyList<Cell> (row) =>
                [
                    row.Item1, Figures.Count(row.Item2), Figures.Count(row.Item3), (row.Item3 > row.Item2 ? "+" : "") + Figures.Count(row.Item3 - row.Item2),
                ]),
            ]);
    }

    private static Table Conversations(IReadOnlyList<ConversationChange> conversations)
    {
        var places = Figures.MoneyPlaces(conversations.SelectMany(c => new[] { c.Now, c.Then }));
        return new Table(
            [
                Column.Words("conversation", Column.Always), new Column("calls", 80),
                new Column("now", 90), new Column("then", Column.Always), new Column("difference", Column.Always),
            ],
            [
                .. conversations.Take(MostCalls).Select(IReadOnlyList<Cell> (c) =>
                [
                    SafeText.Short(c.Name), Figures.Count(c.Calls), Figures.Money(c.Now, places), Figures.Money(c.Then, places), Change(c.Difference, places),
                ]),
            ]);
    }

    private static Table Calls(IReadOnlyList<CallChange> calls, Period period)
    {
        var places = Figures.MoneyPlaces(calls.SelectMany(c => new[] { c.Now, c.Then }));
        var length = CallsTable.IdLength([.. calls.Take(MostCalls).Select(c => c.Call.Id)]);
        return new Table(
            [
                Column.Ids("call", Column.Always), Column.Ids("at", 60), Column.Words("model", 70), new Column("read", 40), new Column("read then", 40),
                new Column("now", 90), new Column("then", Column.Always), new Column("difference", Column.Always),
            ],
            [
                .. calls.Take(MostCalls).Select(IReadOnlyList<Cell> (c) =>
                [
                    c.Call.Id.ToString()[..length], Figures.Minute(period.Local(c.Call.Id.Time)), Wording.Name(c.Call.Pricing.Model),
                    Figures.Count(c.UsageNow?.CacheReadInputTokens ?? 0), Figures.Count(c.UsageThen?.CacheReadInputTokens ?? 0),
                    Figures.Money(c.Now, places), Figures.Money(c.Then, places), Change(c.Difference, places),
                ]),
            ]);
    }

    private static IReadOnlyList<Cell> Rest(Answer answer) => answer.Groups.Count > MostGroups
        ? [Wording.Elsewhere(answer.Groups.Count - MostGroups, "other")]
        : [];

    private static IEnumerable<Cell> Notes(Answer answer) =>
    [
        .. Certainty.Parts(answer.Assumption).Select(part => new Cell($"{part.Option} is {part.Kind}. {part.Text}")),
        .. answer.Replay is { } replay ? Certainty.Notes(replay) : [],
    ];

    private static string Percent(ChangeSums sums) =>
        sums.Now == NanoUsd.Zero ? "-" : (sums.Difference.Value > 0 ? "+" : "") + Figures.Change(sums.Difference.Value, sums.Now.Value);

    private static string Change(NanoUsd change, int? places = null)
    {
        var text = places is { } known ? Figures.Money(change, known) : Figures.Money(change);
        return change.Value > 0 ? $"+{text}" : text;
    }
}
