using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.Html.Reports;

/// <summary>Any report as a page.</summary>
internal static class DocumentPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="chart">Its chart, which stands above the tables; null where there is none.</param>
    public static HtmlPage Of(Report report, Chart? chart)
    {
        var html = new HtmlWriter();
        html.Add($"<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<div class=\"page\">\n<header><p class=\"kicker\">{report.Subtitle}</p>\n<h1>{new ShownName(report.Title)}</h1></header>\n");
        html.Add($"<main id=\"report\" tabindex=\"-1\">\n");
        var place = chart is null ? -1 : PlaceOfChart(report);
        for (var i = 0; i < report.Sections.Count; i++)
        {
            if (i == place && chart is not null)
            {
                new Figure("chart", chart) { IsStack = chart is ColumnChart }.Write(html);
            }

            WriteSection(html, report.Sections[i], i + 1);
        }

        html.Add($"</main>\n</div>\n");
        return new HtmlPage(report.Title, SafeHtml.OfWritten(html));
    }

    // Below what is told first, above the tables; nowhere where there is nothing to tell: an empty chart says no more.
    private static int PlaceOfChart(Report report)
    {
        var tables = report.Sections.ToList().FindIndex(s => s.Table is not null);
        var headings = report.Sections.ToList().FindIndex(s => s.Heading is not null);
        return headings >= 0 && headings < tables ? headings : tables;
    }

    private static void WriteSection(HtmlWriter html, Section section, long number)
    {
        if (section.Heading is null)
        {
            ReportParts.Write(html, section, $"s{number}");
            return;
        }

        html.Add($"<section aria-labelledby=\"s{number}-heading\">\n<h2 id=\"s{number}-heading\">{section.Heading}</h2>\n");
        ReportParts.Write(html, section with { Heading = null }, $"s{number}");
        html.Add($"</section>\n");
    }
}
