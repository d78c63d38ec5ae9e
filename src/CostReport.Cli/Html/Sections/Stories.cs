using CostLedger.Records;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Calls;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.Html.Sections;

/// <summary>Single calls: the dearest, the last, and of some everything that is known.</summary>
internal static class Stories
{
    /// <summary>Makes the section.</summary>
    public static PageSection Of(PageData data)
    {
        var (shown, cost, whole) = (data.Dearest.Count, data.Dearest.Aggregate(0m, (sum, c) => sum + (c.Cost.Total?.Value ?? 0)), data.Usage.Totals.Cost.Total);
        var heading = shown > 1 && data.Usage.Totals.Attempts > shown
            ? $"The {Figures.Count(shown)} dearest of {Figures.Count(data.Usage.Totals.Attempts, "attempt")} took {Comparison.Percent(cost, whole.Value)} of the cost"
            : $"{Figures.Count(data.Usage.Totals.Attempts, "attempt")}";
        return new PageSection("calls", "Calls", SafeHtml.Of($"{heading}"), html => Write(html, data));
    }

    private static void Write(HtmlWriter html, PageData data)
    {
        if (data.Dearest.Count > 0)
        {
            html.Add($"<h3>The dearest</h3>\n");
            CallList.Of("dearest-table", "The dearest attempts", data.Dearest, data, sorted: 3).Write(html);
        }

        html.Add($"<h3>The last</h3>\n");
        CallList.Of("recent-table", "The last attempts", data.Recent, data, sorted: 1).Write(html);
        html.Add($"<h3>In full</h3>\n<p class=\"soft\">The dearest, the last and the last that failed: what happened when, and the sum that makes the cost.</p>\n");
        foreach (var story in data.Stories)
        {
            Story(html, story, data);
        }
    }

    private static void Story(HtmlWriter html, CallStory story, PageData data)
    {
        var call = story.Call;
        var status = CostReport.Cli.Calls.CallsTable.Status(call);
        html.Add($"<details><summary><code>{call.Id.ToString()}</code><span class=\"n\">{CostReport.Cli.Calls.CallsTable.Cost(call.Cost).Text}</span>");
        html.Add($"<span>{new ShownName(call.Model)}</span><span>{Figures.Duration(call.Timing.Total)}</span><span class=\"{ToneClass.Of(status.Tone)}\">{new ShownName(status.Text)}</span></summary>\n");
        html.Add($"<div class=\"inside detail\" id=\"{CallCells.Anchor(call.Id)}\">\n");
        if (call.Operation != Operation.BatchResult)
        {
            new Figure($"t-{call.Id}", CallTimeline.Of(story.Attempts)) { HasOneWidth = true }.Write(html);
        }

        // The report of one call, as the terminal shows it, but for its timeline in characters.
        foreach (var section in CallReport.Of(call, story.Explained, data.Period).Sections.Where(s => s.Phases.Count == 0))
        {
            ReportParts.Write(html, section, call.Id.ToString());
        }

        html.Add($"</div></details>\n");
    }
}
