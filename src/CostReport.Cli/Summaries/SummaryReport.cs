using CostLedger.Querying;
using CostReport.Cli.Arguments;
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
    private const string SessionsHeading = "Sessions";
    private const string FailuresHeading = "Calls that did not succeed";
    private const string BreaksHeading = "What broke the cache";

    // The last two are for low screens.
    private static readonly int[] MostModels = [6, 3, 1];

    /// <summary>Makes the summary.</summary>
    public static Report Of(SummaryData data)
    {
        var parts = Parts(data);
        return Make(data, parts, [.. parts.Select(p => p.Forms[0])]);
    }

    /// <summary>Makes the summary for a screen on which perhaps not all of it has space: then what matters most is there, and what is not is named.</summary>
    /// <param name="data">What the summary tells.</param>
    /// <param name="fits">Whether a report has space.</param>
    public static Report Of(SummaryData data, Func<Report, bool> fits)
    {
        var whole = Of(data);
        if (fits(whole))
        {
            return whole;
        }

        var parts = Parts(data);
        var chosen = new Section?[parts.Count];
        foreach (var i in Enumerable.Range(0, parts.Count).OrderBy(i => parts[i].Rank))
        {
            chosen[i] = parts[i].Forms.FirstOrDefault(form => fits(Make(data, parts, [.. chosen[..i], form, .. chosen[(i + 1)..]])));
        }

        var report = Make(data, parts, chosen);
        return fits(report) ? report : EndingWithCost(report);
    }

    private static Report Make(SummaryData data, List<SummaryPart> parts, Section?[] chosen)
    {
        var left = parts.Where((_, i) => chosen[i] is null).ToList();
        List<Cell> last = [new Cell(More(parts), Tone.Muted)];
        if (left.Count > 0)
        {
            last.Insert(0, new Cell($"No space here: {string.Join(", ", left.Select(p => p.Name))}; '| less' shows all.", Tone.Muted));
        }

        var first = new Section
        {
            Facts = [.. SummaryFacts.Of(data), .. left.Select(p => p.Brief).OfType<Fact>()],
            Notes = [.. Wording.Caveats(data.Usage.Totals), .. ClockAhead.Notes(data.Ahead, data.Period)],
        };
        return new Report(Title, Wording.Of(data.Period), [first, .. chosen.OfType<Section>(), new Section { Notes = last }]);
    }

    // What has gone by at the top of a very low screen is at its end.
    private static Report EndingWithCost(Report report)
    {
        var cost = report.Sections[0].Facts[0];
        var headline = new Cell($"{cost.Label} {cost.Value}{(cost.Detail.Length > 0 ? $", {cost.Detail}" : "")}", Tone.Strong);
        return report with { Sections = [.. report.Sections.SkipLast(1), new Section { Notes = [.. report.Sections[^1].Notes, headline] }] };
    }

    private static List<SummaryPart> Parts(SummaryData data)
    {
        var bars = CostTrend.Of(data, MostBars);
        var trend = CostTrend.Of(data, MostTrend);
        var parts = new List<SummaryPart> { new(2, [new Section { Heading = $"Cost per {bars.Unit}", Bars = bars.ToBars(), IsCompact = true }]) };
        void Add(int rank, string heading, Table? table, Fact? brief = null)
        {
            if (table is not null)
            {
                parts.Add(new SummaryPart(rank, [new Section { Heading = heading, Table = table, IsCompact = true }], brief));
            }
        }

        Add(5, "Cost by class", GroupRows.Classes(data.Usage.Totals));
        parts.Add(new SummaryPart(0, [.. MostModels.Select(most => new Section { Heading = "Models", Table = ModelRows.Of(data, trend, most) })], Brief("Model", "on", Totals.Fold(data.Usage.Groups, 1))));
        Add(1, SessionsHeading, GroupRows.Sessions(data), Brief("Session", "in", data.Sessions));
        Add(3, FailuresHeading, GroupRows.Failures(data));
        Add(4, BreaksHeading, GroupRows.Breaks(data));
        return parts;
    }

    // The dearest alone: which model, which session. Nothing where nothing cost anything.
    private static Fact? Brief(string label, string preposition, IEnumerable<UsageGroup> groups)
    {
        var sorted = Totals.ByCost(groups);
        var whole = sorted.Sum(g => (decimal)g.Totals.Cost.Total.Value);
        return whole <= 0
            ? null
            : new Fact(
                label,
                Figures.Percent(sorted[0].Totals.Cost.Total.Value, whole),
                Wording.Join(
                    $"of the cost {preposition} {SafeText.Short(Wording.Name(sorted[0].Key[0]))}",
                    sorted.Count == 1 ? "" : $"{Figures.Count(sorted.Count - 1, "other")}"));
    }

    private static string More(List<SummaryPart> parts)
    {
        bool Has(string heading) => parts.Exists(p => string.Equals(p.Forms[0].Heading, heading, StringComparison.Ordinal));
        string?[] commands = ["models", "latency", Has(SessionsHeading) ? "sessions" : null, Has(BreaksHeading) ? "cache" : null, Has(FailuresHeading) ? "errors" : null, "--help"];
        return $"More: costreport {string.Join(", ", commands.OfType<string>())}.";
    }
}
