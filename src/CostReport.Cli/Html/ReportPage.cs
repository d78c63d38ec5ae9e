using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Sections;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html;

/// <summary>The page that one shows to the person who pays. The same data give the same page, always.</summary>
internal static class ReportPage
{
    /// <summary>Makes the page.</summary>
    public static HtmlPage Of(PageData data) => new(Summary.Headline(data), Body(data));

    /// <summary>What is on the page between its style sheet and its script: the part that a live page replaces.</summary>
    public static SafeHtml Body(PageData data)
    {
        var sections = Sections(data);
        var html = new HtmlWriter();
        html.Add($"<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<div class=\"page\">\n<header>\n");
        html.Add($"<p class=\"kicker\">Calls to Claude’s Messages API, {Wording.Of(data.Period)}</p>\n<h1>{Summary.Headline(data)}</h1>\n");
        if (Summary.Filters(data.Filter) is { Length: > 0 } filters)
        {
            html.Add($"<p class=\"lead\">Only {new ShownName(filters)}</p>\n");
        }

        if (sections.Count > 1)
        {
            PageSection.WriteList(html, sections);
        }

        html.Add($"</header>\n<main id=\"report\" tabindex=\"-1\">\n");
        Summary.Write(html, data);
        foreach (var section in sections)
        {
            section.Write(html);
        }

        if (sections.Count == 0)
        {
            html.Add($"<p class=\"lead\">The ledger has no calls in this period. A longer one may have: give <code>--since 30d</code>, or leave it out.</p>\n");
        }

        html.Add($"</main>\n");
        Footer(html, data);
        return SafeHtml.OfWritten(html.Add($"</div>\n"));
    }

    private static List<PageSection> Sections(PageData data)
    {
        if (data.Usage.Totals.Attempts == 0)
        {
            return [];
        }

        PageSection?[] all =
        [
            OverTime.Of(data), Models.Of(data), Classes.Of(data), Cache.Of(data), Cache.Advice(data), Failures.Of(data), Speed.Of(data), Hours.Of(data),
            Groups.Of("session", data.Sessions, data.Usage.Totals), Threads.Of(data), Stories.Of(data),
        ];
        return [.. all.OfType<PageSection>()];
    }

    private static void Footer(HtmlWriter html, PageData data)
    {
        html.Add($"<footer><p>Made by costreport {data.Version} from the ledger of this application’s calls; times are those of {data.Period.ZoneName}. ");
        if (data.Usage.PriceVersions.Count > 0)
        {
            html.Add($"Prices: {string.Join(", ", data.Usage.PriceVersions)}. ");
        }

        html.Add($"A cost is the provider’s count of tokens times the list price; what was agreed beyond that is not in it. Nothing on this page was loaded from elsewhere.</p></footer>\n");
    }
}
