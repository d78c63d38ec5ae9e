using CostLedger.Querying.Conversations;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>Conversations and sessions, for people.</summary>
internal static class ConversationTables
{
    /// <summary>The title of the list of conversations.</summary>
    public const string Title = "Conversations";

    /// <summary>The title of the list of sessions.</summary>
    public const string SessionsTitle = "Sessions";

    private const int MostRows = 50;

    /// <summary>Makes the list of conversations.</summary>
    public static Report Of(ConversationReport report, IReadOnlyList<Conversation> found, Period period)
    {
        var totals = found.Aggregate(default(TurnTotals), (sum, c) => sum + c.Totals);
        var notes = new List<Cell>();
        if (found.Count > MostRows)
        {
            notes.Add(Wording.Elsewhere(found.Count - MostRows, "other"));
        }

        if (report.Alone.Calls > 0)
        {
            notes.Add(new Cell($"In none: {Figures.Count(report.Alone.Calls, "call")} ({Figures.Money(report.Alone.Cost)}) without a name, of which no prompt was read (ReadPrompts).", Tone.Muted));
        }

        notes.AddRange(Caveats(totals));
        notes.Add(new Cell($"'costreport conversations {SafeText.Short(found[0].Name)}' shows the first turn by turn.", Tone.Muted));
        return new Report(Title, Wording.Of(period), [new Section { Facts = Facts(found, totals) }, new Section { Heading = "The dearest first", Table = Table(found, totals, period), Notes = notes }]);
    }

    /// <summary>What to say of calls that belong to no conversation.</summary>
    public static Report Nothing(ConversationReport report, Period period) => EmptyReport.Without(
        Title,
        period,
        $"{Figures.Count(report.Alone.Calls, "call")}, and none of them in a conversation.",
        "A call belongs to one where its prompt was read (ReadPrompts is on unless it is switched off), or where the application names one (CallContext.Begin).");

    /// <summary>Makes the list of sessions.</summary>
    public static Report Of(IReadOnlyList<SessionSummary> sessions, Period period)
    {
        var totals = sessions.Aggregate(default(TurnTotals), (sum, s) => sum + s.Totals);
        var places = Figures.MoneyPlaces(sessions.Select(s => s.Totals.Cost));
        var table = new Table(
            [
                Column.Words("session", Column.Always), Column.Ids("first", 40), Column.Ids("last", 60), new Column("conversations", 80), new Column("turns", 70),
                new Column("calls", 50), new Column("cost", Column.Always), new Column("a turn", 75), new Column("hit ratio", 85), new Column("saved", 45), new Column("loops", 65),
            ],
            [
                .. sessions.Take(MostRows).Select(IReadOnlyList<Cell> (s) =>
                [
                    new Cell(s.Name is null ? Wording.None : SafeText.Short(Wording.Name(s.Name)), s.Name is null ? Tone.Muted : Tone.Plain),
                    Minute(s.First, period), Minute(s.Last, period), Figures.Count(s.Conversations), Figures.Count(s.Turns), Figures.Count(s.Totals.Calls),
                    Figures.Money(s.Totals.Cost, places), s.Turns > 0 ? Figures.Money(new NanoUsd(s.Totals.Cost.Value / s.Turns), places) : "",
                    Hits(s.Totals), Figures.Money(s.Totals.SavedByCache, places), s.Loops > 0 ? new Cell(Figures.Count(s.Loops), Tone.Bad) : "",
                ]),
            ],
            ["total", "", "", Figures.Count(sessions.Sum(s => s.Conversations)), Figures.Count(sessions.Sum(s => s.Turns)), Figures.Count(totals.Calls), Figures.Money(totals.Cost, places), "", Hits(totals), Figures.Money(totals.SavedByCache, places), ""]);
        List<Cell> notes = [.. Caveats(totals)];
        if (sessions.Count > MostRows)
        {
            notes.Insert(0, Wording.Elsewhere(sessions.Count - MostRows, "other"));
        }

        return new Report(SessionsTitle, Wording.Of(period), [new Section { Table = table, Notes = notes }]);
    }

    /// <summary>The part of the prompts that was read from the cache.</summary>
    public static string Hits(in TurnTotals totals) => Figures.Percent(totals.CacheReadTokens, totals.InputTokens);

    /// <summary>What reading from the cache brought.</summary>
    public static string FromCache(in TurnTotals totals) => Wording.Join("of the prompts", totals.SavedByCache.Value == 0 ? "" : $"it {Wording.Saved(totals.SavedByCache)}");

    /// <summary>What is not in the money, and what of it is estimated.</summary>
    public static IReadOnlyList<Cell> Caveats(in TurnTotals totals) =>
    [
        .. totals.Unpriced == 0
            ? (Cell[])[]
            : [new Cell($"{Figures.Count(totals.Unpriced, "call")} without a price {(totals.Unpriced == 1 ? "is" : "are")} not in the cost.", Tone.Bad)],
        .. Wording.Estimated(totals.Estimated, "call"),
    ];

    private static string Minute(DateTimeOffset? time, Period period) => time is { } known ? Figures.Minute(period.Local(known)) : "";

    private static List<Fact> Facts(IReadOnlyList<Conversation> found, in TurnTotals totals)
    {
        var turns = found.Sum(c => (long)c.Turns.Count);
        var facts = new List<Fact>
        {
            new("Conversations", Figures.Count(found.Count), $"{Figures.Count(turns, "turn")} in {Figures.Count(totals.Calls, "call")}"),
            new("Cost", Figures.Money(totals.Cost), $"{Figures.Money(new NanoUsd(totals.Cost.Value / found.Count))} a conversation, {Figures.Money(new NanoUsd(totals.Cost.Value / turns))} a turn", Tone.Strong),
            new("From the cache", Hits(totals), FromCache(totals)),
        };
        var loops = found.SelectMany(c => c.Loops).ToList();
        if (loops.Count > 0)
        {
            var atRisk = loops.Aggregate(NanoUsd.Zero, (sum, loop) => sum + loop.AtRisk.Cost);
            facts.Add(new Fact("Loops", Figures.Count(loops.Count), $"{Figures.Money(atRisk)} at risk; 'costreport tools' lists them", Tone.Bad));
        }

        return facts;
    }

    private static Table Table(IReadOnlyList<Conversation> found, in TurnTotals totals, Period period)
    {
        var places = Figures.MoneyPlaces(found.Select(c => c.Totals.Cost));
        return new Table(
            [
                Column.Words("conversation", Column.Always), Column.Ids("last", 45), new Column("turns", 80), new Column("calls", 40), new Column("cost", Column.Always),
                new Column("a turn", 75), new Column("growth", 60), new Column("hit ratio", 85), new Column("saved", 35), Column.Words("marks", 90),
            ],
            [
                .. found.Take(MostRows).Select(IReadOnlyList<Cell> (c) =>
                [
                    SafeText.Short(Wording.Name(c.Name)), Figures.Minute(period.Local(c.Turns[^1].StartedAt)), Figures.Count(c.Turns.Count), Figures.Count(c.Totals.Calls),
                    Figures.Money(c.Totals.Cost, places), Figures.Money(ConversationData.PerTurn(c), places),
                    c.GrowthPerTurn is { } growth ? $"{(growth > 0 ? "+" : "")}{Figures.Count(growth)}" : "", Hits(c.Totals), Figures.Money(c.Totals.SavedByCache, places),
                    new Cell(string.Join(", ", Marks.Of(c)), c.Loops.Count > 0 ? Tone.Bad : Tone.Doubtful),
                ]),
            ],
            ["total", "", Figures.Count(found.Sum(c => c.Turns.Count)), Figures.Count(totals.Calls), Figures.Money(totals.Cost, places), "", "", Hits(totals), Figures.Money(totals.SavedByCache, places), ""]);
    }
}
