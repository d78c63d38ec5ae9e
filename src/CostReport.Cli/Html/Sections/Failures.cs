using CostLedger.Querying;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>What did not work.</summary>
internal static class Failures
{
    private const int Most = 40;

    /// <summary>Makes the section; null where every attempt succeeded.</summary>
    public static PageSection? Of(PageData data)
    {
        var totals = data.Usage.Totals;
        var groups = data.Errors.Where(g => g.Key[0] is not "success").OrderByDescending(g => g.Totals.Attempts).ToList();
        if (groups.Count == 0)
        {
            return null;
        }

        var heading = totals.Errors > 0
            ? $"{Figures.Count(totals.Errors)} of {Figures.Count(totals.Attempts, "attempt")} failed ({Share(totals)}){Compared(data)}"
            : "No attempt failed, but not all ended with an answer";
        return new PageSection("failures", "Failures", SafeHtml.Of($"{heading}"), html =>
        {
            Groups(groups, totals).Write(html);
            if (data.Failed.Count > 0)
            {
                html.Add($"<h3>The last that failed</h3>\n");
                CallList.Of("failed-table", "The last attempts that failed", data.Failed, data, sorted: null).Write(html);
            }
        });
    }

    private static string Compared(PageData data) => data.Before?.Totals is { Attempts: > 0 } before
        ? Share(before) == Share(data.Usage.Totals) ? ", as many as before" : $", after {Share(before)} before"
        : "";

    private static string Share(UsageTotals totals) => Comparison.Percent(totals.Errors, totals.Attempts);

    private static HtmlTable Groups(List<UsageGroup> groups, UsageTotals totals)
    {
        var places = Figures.MoneyPlaces(groups.Select(g => g.Totals.Cost.Total));
        return new HtmlTable(
            "failures-table",
            "Attempts that did not succeed, by what went wrong",
            [HtmlColumn.Words("status"), HtmlColumn.Words("error"), HtmlColumn.Figures("attempts"), HtmlColumn.Figures("of all"), HtmlColumn.Figures("cost")],
            [
                .. groups.Take(Most).Select(IReadOnlyList<HtmlCell> (g) =>
                [
                    HtmlCell.Name(Wording.Name(g.Key[0])),
                    g.Key[1] is { } error ? HtmlCell.Name(error) : HtmlCell.None,
                    HtmlCell.Count(g.Totals.Attempts),
                    HtmlCell.Percent(g.Totals.Attempts, totals.Attempts),
                    HtmlCell.Money(g.Totals.Cost.Total, places),
                ]),
            ])
        { Sorted = 2 };
    }
}
