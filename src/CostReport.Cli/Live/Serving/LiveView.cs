using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Html;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Serving;

/// <summary>What a live page shows: the report, or why there is none.</summary>
/// <param name="Title">The title.</param>
/// <param name="Body">The part that is replaced.</param>
/// <param name="Trouble">Why there is no report; null where there is one.</param>
internal sealed record LiveView(string Title, SafeHtml Body, string? Trouble)
{
    /// <summary>Asks the ledger.</summary>
    public static LiveView Read(LiveQuestion question, Surroundings surroundings)
    {
        try
        {
            // A period can run out: --since 1h with a fixed --until.
            var invocation = question.Now();
            using var ledger = LedgerOpener.Open(invocation, surroundings);
            var data = new PageReader(ledger, surroundings.Prices) { Version = surroundings.Version }.Read(invocation.Filter, invocation.Period);
            var page = ReportPage.Of(data);
            return new LiveView(page.Title, page.Body, Trouble: null);
        }
        catch (Exception error) when (error is LedgerException or UserError or OverflowException)
        {
            return new LiveView(
                "There is no report",
                SafeHtml.Of($"<div class=\"page\"><header><h1>There is no report</h1></header><main id=\"report\"><p class=\"lead\">{error.Message}</p><p>It is tried again.</p></main></div>\n"),
                error.Message);
        }
    }

    /// <summary>The page around it.</summary>
    /// <param name="version">What tells it from the next one.</param>
    public string ToPage(long version)
    {
        // The script says how it is as soon as it knows; without one, the words stay.
        var frame = SafeHtml.Of($"<div id=\"live\" data-version=\"{version}\">\n{Body}</div>\n<p id=\"live-state\" class=\"live\" role=\"status\">Load again to renew</p>\n");
        return new HtmlPage(Title, frame) { Extra = PageAssets.LiveScript, CanConnect = true }.ToString();
    }
}
