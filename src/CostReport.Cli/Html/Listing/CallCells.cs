using CostLedger.Records;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Tables;

namespace CostReport.Cli.Html.Listing;

/// <summary>What tables say of a call.</summary>
internal static class CallCells
{
    private const int IdLength = 12;

    /// <summary>The id of the part of the page that tells a call in full.</summary>
    public static string Anchor(CallId id) => $"call-{id}";

    /// <summary>A call's id; it leads to where the call is told in full.</summary>
    /// <param name="id">The call.</param>
    /// <param name="isTold">Whether it is.</param>
    public static HtmlCell Id(CallId id, bool isTold)
    {
        var text = id.ToString();
        return new HtmlCell(isTold
            ? SafeHtml.Of($"<a href=\"#{Anchor(id)}\"><code>{text[..IdLength]}</code></a>")
            : SafeHtml.Of($"<code title=\"{text}\">{text[..IdLength]}</code>"));
    }
}
