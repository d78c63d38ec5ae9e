using CostLedger.Querying.Conversations;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>One conversation turn by turn, for people.</summary>
internal static class TurnTables
{
    private const int MostTurns = 200;
    private const string Unknown = "?";

    /// <summary>Makes the report; a part for each conversation where several have the name.</summary>
    public static Report Of(IReadOnlyList<Conversation> found, Period period) => new(
        $"{ConversationTables.Title}: {SafeText.Short(found[0].Name)}",
        Wording.Of(period),
        [.. found.SelectMany(c => Sections(c, period))]);

    private static IEnumerable<Section> Sections(Conversation c, Period period)
    {
        yield return new Section { Facts = Facts(c) };
        List<Cell> notes = [.. ConversationTables.Caveats(c.Totals)];
        if (c.Turns.Count > MostTurns)
        {
            notes.Add(Wording.Elsewhere(c.Turns.Count - MostTurns, "earlier turn"));
        }

        if (c.BeganEarlier)
        {
            notes.Add(new Cell("It began earlier than the ledger tells: its first prompt holds answers to calls that are not in it.", Tone.Muted));
        }

        notes.Add(new Cell($"'costreport calls show {c.Turns[^1].Calls[^1]}' shows the last call.", Tone.Muted));
        yield return new Section { Heading = "Turn by turn", Table = Table(c, period), Notes = notes };
    }

    private static List<Fact> Facts(Conversation c)
    {
        var facts = new List<Fact>
        {
            new("Cost", Figures.Money(c.Totals.Cost), $"{Figures.Count(c.Turns.Count, "turn")} in {Figures.Count(c.Totals.Calls, "call")}, {Figures.Money(ConversationData.PerTurn(c))} a turn", Tone.Strong),
            new("From the cache", ConversationTables.Hits(c.Totals), ConversationTables.FromCache(c.Totals)),
        };
        if (c.GrowthPerTurn is { } growth)
        {
            facts.Add(new Fact("Growth", Change(growth), "tokens a turn, in the middle"));
        }

        if (c.Session is { } session)
        {
            facts.Add(new Fact("Session", SafeText.Short(session)));
        }

        facts.AddRange(c.Loops.Select(loop => new Fact(
            "Loop", loop.Loop.Kind.Name(), $"{loop.Loop.Tool ?? "several tools"}, {Figures.Count(loop.Loop.Rounds, "round")}; {Figures.Money(loop.AtRisk.Cost)} at risk in {Figures.Count(loop.AtRisk.Calls, "call")}", Tone.Bad)));
        return facts;
    }

    private static Table Table(Conversation c, Period period)
    {
        var places = Figures.MoneyPlaces(c.Turns.Select(turn => turn.Totals.Cost));
        var hasBranches = c.Turns.Any(turn => turn.Branch > 0);
        return new Table(
            [
                new Column("turn", Column.Always), Column.Ids("at", 50), Column.Words("model", 20), new Column("calls", 40), new Column("prompt", Column.Always),
                new Column("more", 80), new Column("hit ratio", 85), new Column("output", 60), new Column("cost", 95), Column.Words("marks", 90),
            ],
            [
                .. c.Turns.Skip(c.Turns.Count - MostTurns).Select(IReadOnlyList<Cell> (turn) =>
                [
                    hasBranches && turn.Branch > 0 ? $"{Figures.Count(turn.Number)}/{Figures.Count(turn.Branch)}" : Figures.Count(turn.Number),
                    Figures.Second(period.Local(turn.StartedAt)), Wording.Name(turn.Model), Figures.Count(turn.Totals.Calls),
                    turn.PromptTokens > 0 ? Figures.Count(turn.PromptTokens) : new Cell(Unknown, Tone.Muted), turn.Growth is { } growth ? Change(growth) : "",
                    ConversationTables.Hits(turn.Totals), Figures.Count(turn.Totals.OutputTokens),
                    turn.Totals.Unpriced == turn.Totals.Calls ? new Cell(Unknown, Tone.Doubtful) : Figures.Money(turn.Totals.Cost, places), MarksOf(turn),
                ]),
            ]);
    }

    private static Cell MarksOf(ConversationTurn turn)
    {
        var change = turn.Change is ConversationChange.Start or ConversationChange.Continued ? "" : Marks.Name(turn.Change);
        return turn.Loop is null ? new Cell(change, Tone.Doubtful) : new Cell(change.Length > 0 ? $"{change}, loop" : "loop", Tone.Bad);
    }

    private static string Change(long tokens) => tokens > 0 ? $"+{Figures.Count(tokens)}" : Figures.Count(tokens);
}
