using CostLedger.Querying.Conversations;
using CostLedger.Querying.Tools;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Tools;

/// <summary>What tools took, for people.</summary>
internal static class ToolTables
{
    /// <summary>The report's title.</summary>
    public const string Title = "Tools";

    private const int MostRows = 100;
    private const int MostLoops = 20;

    /// <summary>Makes the report.</summary>
    public static Report Of(ToolReport report, Period period)
    {
        var sections = new List<Section> { new() { Facts = Facts(report), Notes = Notes(report) } };
        if (report.Tools.Any(tool => tool.Rounds > 0))
        {
            sections.Add(new Section { Heading = "Rounds", Table = Rounds([.. report.Tools.Where(tool => tool.Rounds > 0)]) });
        }

        if (report.Tools.Any(tool => tool.SentCalls > 0))
        {
            sections.Add(new Section { Heading = "Definitions", Table = Definitions(report) });
        }

        if (report.Loops.Count > 0)
        {
            sections.Add(new Section
            {
                Heading = "Loops",
                Table = Loops(report.Loops, period),
                Notes = [new Cell($"'costreport conversations {SafeText.Short(report.Loops[0].Conversation)}' shows the first turn by turn.", Tone.Muted)],
            });
        }

        return new Report(Title, Wording.Of(period), sections);
    }

    private static List<Fact> Facts(ToolReport report)
    {
        var (rounds, errors) = (report.Tools.Sum(tool => tool.Rounds), report.Tools.Sum(tool => tool.Errors));
        var facts = new List<Fact>
        {
            new("Rounds", Figures.Count(rounds), errors == 0 ? "none with an error" : $"{Figures.Count(errors)} with an error ({Figures.Percent(errors, rounds)})"),
            new("Results", Figures.Money(Sum(report.Tools, tool => tool.ResultCost)), $"{Figures.Count(report.Tools.Sum(tool => tool.ResultTokens))} tokens, as new input", Tone.Strong),
            new("Definitions", Figures.Money(Sum(report.Tools, tool => tool.DefinitionCost)), $"{Figures.Percent(report.Tools.Sum(tool => tool.DefinitionTokensSent), report.InputTokens)} of the prompts", Tone.Strong),
        };
        var unused = report.Tools.Where(tool => tool.IsUnused).ToList();
        if (unused.Count > 0)
        {
            facts.Add(new Fact("Never used", Figures.Count(unused.Count, "tool"), $"their definitions cost {Figures.Money(Sum(unused, tool => tool.DefinitionCost))}", Tone.Bad));
        }

        if (report.Loops.Count > 0)
        {
            facts.Add(new Fact("Loops", Figures.Count(report.Loops.Count), $"{Figures.Money(report.Loops.Aggregate(NanoUsd.Zero, (sum, found) => sum + found.Loop.AtRisk.Cost))} at risk", Tone.Bad));
        }

        return facts;
    }

    private static List<Cell> Notes(ToolReport report) => report.Unread == 0
        ? []
        : [new Cell($"Not in it: {Figures.Count(report.Unread, "call")} of which no prompt was read (ReadPrompts).", Tone.Muted)];

    private static NanoUsd Sum(IEnumerable<ToolTotals> tools, Func<ToolTotals, NanoUsd> money) => tools.Aggregate(NanoUsd.Zero, (sum, tool) => sum + money(tool));

    private static Table Rounds(IReadOnlyList<ToolTotals> tools)
    {
        var places = Figures.MoneyPlaces(tools.Select(tool => tool.ResultCost));
        return new Table(
            [
                Column.Words("tool", Column.Always), new Column("rounds", Column.Always), new Column("errors", 85), new Column("p50", 70), new Column("p95", 80),
                new Column("call tokens", 40), new Column("result tokens", 60), new Column("a result", 30), new Column("result cost", 90),
            ],
            [
                .. tools.Take(MostRows).Select(IReadOnlyList<Cell> (tool) =>
                [
                    Name(tool), Figures.Count(tool.Rounds), tool.Errors > 0 ? new Cell(Figures.Count(tool.Errors), Tone.Bad) : "",
                    tool.Time is { } time ? Figures.Duration(time.P50) : "", tool.Time is { } times ? Figures.Duration(times.P95) : "",
                    Figures.Count(tool.UseTokens), Figures.Count(tool.ResultTokens), Figures.Count(tool.ResultTokens / tool.Rounds), Figures.Money(tool.ResultCost, places),
                ]),
            ]);
    }

    private static Table Definitions(ToolReport report)
    {
        var tools = report.Tools.Where(tool => tool.SentCalls > 0).OrderByDescending(tool => tool.DefinitionCost).ThenByDescending(tool => tool.DefinitionTokensSent).ThenBy(tool => tool.Name, StringComparer.Ordinal).ToList();
        var places = Figures.MoneyPlaces(tools.Select(tool => tool.DefinitionCost));
        return new Table(
            [
                Column.Words("tool", Column.Always), new Column("tokens", 90), new Column("sent with", 70), new Column("of the prompts", 60), new Column("cost", Column.Always), Column.Words("", 80),
            ],
            [
                .. tools.Take(MostRows).Select(IReadOnlyList<Cell> (tool) =>
                [
                    Name(tool), Figures.Count(tool.DefinitionTokens), Figures.Count(tool.SentCalls, "call"), Figures.Percent(tool.DefinitionTokensSent, report.InputTokens),
                    Figures.Money(tool.DefinitionCost, places), tool.IsUnused ? new Cell("never used", Tone.Bad) : "",
                ]),
            ]);
    }

    private static Table Loops(IReadOnlyList<(string Conversation, ConversationLoop Loop)> loops, Period period)
    {
        var places = Figures.MoneyPlaces(loops.Select(found => found.Loop.AtRisk.Cost));
        return new Table(
            [
                Column.Words("conversation", Column.Always), Column.Words("kind", Column.Always), Column.Words("tool", 80), Column.Ids("since", 50),
                new Column("rounds", 70), new Column("calls", 40), new Column("at risk", 95),
            ],
            [
                .. loops.Take(MostLoops).Select(IReadOnlyList<Cell> (found) =>
                [
                    SafeText.Short(found.Conversation), new Cell(found.Loop.Loop.Kind.Name(), Tone.Bad), found.Loop.Loop.Tool ?? "(several)",
                    Figures.Second(period.Local(found.Loop.FirstCall.Time)), Figures.Count(found.Loop.Loop.Rounds), Figures.Count(found.Loop.AtRisk.Calls),
                    Figures.Money(found.Loop.AtRisk.Cost, places),
                ]),
            ]);
    }

    private static Cell Name(ToolTotals tool) => tool.Name is { } name
        ? new Cell(tool.IsServer ? $"{SafeText.Short(name)} (provider's)" : SafeText.Short(name))
        : new Cell(Wording.None, Tone.Muted);
}
