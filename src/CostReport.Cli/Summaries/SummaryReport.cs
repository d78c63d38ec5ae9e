using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Summaries;

/// <summary>
/// The summary: one screen that says what it cost, what changed, on which model and in which session, how well the cache worked, how
/// fast and how reliable it was.
/// </summary>
internal static class SummaryReport
{
    /// <summary>The title.</summary>
    public const string Title = "Cost of calls to Claude's Messages API";

    private const int MostBars = 62;
    private const int MostTrend = 16;

    /// <summary>Makes the summary.</summary>
    public static Report Of(SummaryData data)
    {
        var totals = data.Usage.Totals;
        var bars = CostTrend.Of(data, MostBars);
        var trend = CostTrend.Of(data, MostTrend);
        var (sessions, breaks, failures) = (GroupRows.Sessions(data), GroupRows.Breaks(data), GroupRows.Failures(data));
        var sections = new List<Section>
        {
            new() { Facts = SummaryFacts.Of(data), Notes = Wording.Caveats(totals) },
            new() { Heading = $"Cost per {bars.Unit}", Bars = bars.ToBars(), IsCompact = true },
        };
        Add(sections, "Cost by class", GroupRows.Classes(totals));
        sections.Add(new Section { Heading = "Models", Table = ModelRows.Of(data, trend) });
        Add(sections, "Sessions", sessions);
        Add(sections, "Calls that did not succeed", failures);
        Add(sections, "What broke the cache", breaks);
        sections.Add(new Section { Notes = [new Cell(More(sessions, breaks, failures), Tone.Muted)] });
        return new Report(Title, Wording.Of(data.Period), sections);
    }

    private static void Add(List<Section> sections, string heading, Table? table)
    {
        if (table is not null)
        {
            sections.Add(new Section { Heading = heading, Table = table, IsCompact = true });
        }
    }

    private static string More(Table? sessions, Table? breaks, Table? failures)
    {
        string?[] commands = ["models", "latency", sessions is null ? null : "sessions", breaks is null ? null : "cache", failures is null ? null : "errors", "--help"];
        return $"More: costreport {string.Join(", ", commands.OfType<string>())}.";
    }
}
