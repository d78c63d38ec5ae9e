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
    /// <param name="chart">Its chart, which stands below what is told first; null where there is none.</param>
    public static HtmlPage Of(Report report, Chart? chart)
    {
        var html = new HtmlWriter();
        html.Add($"<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<div class=\"page\">\n<header><p class=\"kicker\">{report.Subtitle}</p>\n<h1>{new ShownName(report.Title)}</h1></header>\n");
        html.Add($"<main id=\"report\" tabindex=\"-1\">\n");
        for (var i = 0; i < report.Sections.Count; i++)
        {
            WriteSection(html, report.Sections[i], i + 1);
            if (i == 0 && chart is not null && HasFigures(report))
            {
                new Figure("chart", chart) { IsStack = chart is ColumnChart }.Write(html);
            }
        }

        html.Add($"</main>\n</div>\n");
        return new HtmlPage(report.Title, SafeHtml.OfWritten(html));
    }

    // Where there is nothing to tell, an empty chart says no more.
    private static bool HasFigures(Report report) => report.Sections.Any(s => s.Facts.Count > 0 || s.Table is not null);

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
