using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.Html.Reports;

/// <summary>Any report as a page.</summary>
internal static class DocumentPage
{
    /// <summary>Makes the page.</summary>
    public static HtmlPage Of(Report report)
    {
        var html = new HtmlWriter();
        html.Add($"<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<div class=\"page\">\n<header><p class=\"kicker\">{report.Subtitle}</p>\n<h1>{new ShownName(report.Title)}</h1></header>\n");
        html.Add($"<main id=\"report\" tabindex=\"-1\">\n");
        for (var i = 0; i < report.Sections.Count; i++)
        {
            WriteSection(html, report.Sections[i], i + 1);
        }

        html.Add($"</main>\n</div>\n");
        return new HtmlPage(report.Title, SafeHtml.OfWritten(html));
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
