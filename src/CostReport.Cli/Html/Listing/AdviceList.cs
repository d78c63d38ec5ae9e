using CostLedger.Querying.Caching.Advice;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Listing;

/// <summary>What would have saved money, one thing after the other.</summary>
internal static class AdviceList
{
    private const int Most = 12;

    /// <summary>Writes the list.</summary>
    public static void Write(HtmlWriter html, AdviceReport report, PageData data)
    {
        var told = data.Stories.Select(s => s.Call.Id).ToHashSet();
        html.Add($"<ol class=\"notes\">\n");
        foreach (var advice in report.Advice.Take(Most))
        {
            html.Add($"<li><strong>{Figures.Money(advice.Saving)}{(advice.IsMeasured ? "" : " (computed)")}</strong>: {new ShownName(advice.Action)} ");
            html.Add($"<span class=\"soft\">{new ShownName(advice.Found)} {new ShownName(advice.Model)}; for example {CallCells.Id(advice.Example, told.Contains(advice.Example)).Content}.");
            if (advice.SharesMoneyWith.Count > 0)
            {
                html.Add($" A part of this money is also in: {string.Join(", ", advice.SharesMoneyWith)}.");
            }

            html.Add($"</span></li>\n");
        }

        html.Add($"</ol>\n");
        if (report.Advice.Count > Most)
        {
            html.Add($"<p class=\"soft\">{Figures.Count(report.Advice.Count - Most)} more are told by <code>costreport cache --format json</code>.</p>\n");
        }
    }
}
