using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Contexts;

/// <summary>What fills contexts, for people.</summary>
internal static class ContextTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Context windows";

    private const string Unknown = "?";
    private const int MostRows = 50;
    private const int MostTurns = 40;
    private const double Full = 0.8;

    /// <summary>Makes the report: a list of conversations, and the fullest of them turn by turn.</summary>
    public static Report Of(IReadOnlyList<ConversationContext> conversations, Period period)
    {
        var fullest = conversations[0];
        var sections = new List<Section> { new() { Facts = Facts(fullest) } };
        if (fullest.Last.Parts is { } parts)
        {
            sections.Add(new Section { Heading = "What fills it", Table = Parts(fullest, parts) });
        }
        else
        {
            sections.Add(new Section { Notes = [new Cell("What fills it is not known: the ledger has no estimate of its prompt (ReadPrompts makes them).", Tone.Muted)] });
        }

        sections.Add(new Section { Heading = "Turn by turn", Table = Turns(fullest, period), Notes = Rest(fullest) });
        if (conversations.Count > 1)
        {
            sections.Add(new Section { Heading = "Conversations, the fullest first", Table = Table(conversations, period), Notes = Others(conversations) });
        }

        return new Report($"{Title}: {Name(fullest)}", Wording.Of(period), sections);
    }

    private static List<Fact> Facts(ConversationContext c)
    {
        var facts = new List<Fact>
        {
            new("Model", Wording.Name(c.Model), c.Last.Window is { } window ? $"a window of {Figures.Count(window)} tokens" : "its window is not known"),
            new("Filled", Percent(c.Last.Share), $"{Figures.Count(c.Last.Tokens)} tokens at turn {Number(c.Last)}, and its answer", c.Last.Share > Full ? Tone.Bad : Tone.Strong),
        };
        if (c.Growth is { } growth)
        {
            facts.Add(new Fact("Growth", $"{(growth > 0 ? "+" : "")}{Figures.Count(growth)}", "tokens a turn, in the middle of the last turns"));
            facts.Add(new Fact(
                "Turns left",
                c.TurnsLeft is { } left ? Figures.Count(left) : "-",
                c.TurnsLeft is null ? "it does not grow, or its window is not known" : "at this rate",
                c.TurnsLeft < 5 ? Tone.Bad : Tone.Plain));
        }

        facts.Add(new Fact("Cost", Figures.Money(c.Cost), c.NextCost is { } next ? $"so far; the next turn about {Figures.Money(next)}, if it is like the last" : "so far"));
        return facts;
    }

    private static Table Parts(ConversationContext c, ContextParts parts) => new(
        [Column.Words("source", Column.Always), new Column("tokens", Column.Always), new Column("of it", 80), Column.Bars(40)],
        [
            .. parts.All.Where(p => p.Tokens != 0).Select(IReadOnlyList<Cell> (p) =>
            [
                p.Name, Figures.Count(p.Tokens), Figures.Percent(p.Tokens, c.Last.Tokens), new Cell("", Tone.Plain, Math.Clamp((double)p.Tokens / c.Last.Tokens, 0, 1)),
            ]),
        ],
        ["all", Figures.Count(c.Last.Tokens), "", Cell.Empty]);

    private static Table Turns(ConversationContext c, Period period)
    {
        var first = Math.Max(0, c.Turns.Count - MostTurns);
        var places = Figures.MoneyPlaces(c.Turns.Select(t => t.Cost).OfType<CostLedger.Records.NanoUsd>());
        return new Table(
            [
                new Column("turn", Column.Always), Column.Ids("at", 50), new Column("prompt", Column.Always), new Column("more", 90), new Column("filled", 85),
                new Column("tools", 40), new Column("system", 40), new Column("history", 60), new Column("results", 60), new Column("images", 30), new Column("cost", 95),
            ],
            [
                .. c.Turns.Skip(first).Select(IReadOnlyList<Cell> (t) =>
                [
                    Number(t),
                    Figures.Second(period.Local(t.Turn.AnsweredBy.Time)),
                    Figures.Count(t.Tokens),
                    t.Turn.Growth is { } growth ? Change(growth) : "",
                    Percent(t.Share),
                    Part(t.Parts?.Tools), Part(t.Parts?.System), Part(t.Parts?.History), Part(t.Parts?.ToolResults), Part(t.Parts?.Images),
                    t.Cost is { } cost ? Figures.Money(cost, places) : new Cell(Unknown, Tone.Doubtful),
                ]),
            ]);
    }

    private static Table Table(IReadOnlyList<ConversationContext> conversations, Period period)
    {
        var places = Figures.MoneyPlaces(conversations.Select(c => c.Cost));
        return new Table(
            [
                Column.Words("conversation", Column.Always), Column.Words("model", 60), Column.Ids("last", 30), new Column("turns", 80),
                new Column("prompt", 90), new Column("filled", Column.Always), new Column("a turn", 70), new Column("left", 75), new Column("cost", 95), new Column("next", 50),
            ],
            [
                .. conversations.Take(MostRows).Select(IReadOnlyList<Cell> (c) =>
                [
                    Name(c), Wording.Name(c.Model), Figures.Minute(period.Local(c.Last.Turn.AnsweredBy.Time)), Figures.Count(c.Turns.Count),
                    Figures.Count(c.Last.Tokens), new Cell(Percent(c.Last.Share), c.Last.Share > Full ? Tone.Bad : Tone.Plain),
                    c.Growth is { } growth ? Change(growth) : "", c.TurnsLeft is { } left ? Figures.Count(left) : "-",
                    Figures.Money(c.Cost, places), c.NextCost is { } next ? Figures.Money(next, places) : new Cell(Unknown, Tone.Doubtful),
                ]),
            ]);
    }

    private static IReadOnlyList<Cell> Rest(ConversationContext c) => c.Turns.Count > MostTurns
        ? [Wording.Elsewhere(c.Turns.Count - MostTurns, "earlier turn")]
        : [];

    private static IReadOnlyList<Cell> Others(IReadOnlyList<ConversationContext> conversations) => conversations.Count > MostRows
        ? [Wording.Elsewhere(conversations.Count - MostRows, "other")]
        : [new Cell($"'costreport context {Name(conversations[^1])}' shows another one.", Tone.Muted)];

    private static string Name(ConversationContext c) => Arguments.SafeText.Short(c.Name);

    // As 'costreport conversations' counts them.
    private static string Number(ContextTurn t) => t.Turn.Branch > 0 ? $"{Figures.Count(t.Turn.Number)}/{Figures.Count(t.Turn.Branch)}" : Figures.Count(t.Turn.Number);

    private static string Change(long tokens) => tokens > 0 ? $"+{Figures.Count(tokens)}" : Figures.Count(tokens);

    private static Cell Part(long? tokens) => tokens is { } known ? Figures.Count(known) : new Cell(Unknown, Tone.Muted);

    private static string Percent(double? share) => share is { } known ? Figures.Percent((decimal)known, 1) : Unknown;
}
