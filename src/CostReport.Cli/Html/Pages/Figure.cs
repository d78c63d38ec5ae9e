using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Pages;

/// <summary>A chart on a page, drawn for a wide page and for a narrow one: scaled down, its words could not be read.</summary>
/// <param name="Id">Its id on the page.</param>
/// <param name="Chart">The chart.</param>
/// <param name="Caption">What stands above it; null: the chart's title.</param>
internal sealed record Figure(string Id, Chart Chart, string? Caption = null)
{
    private const double Wide = 1040;
    private const double Narrow = 420;

    /// <summary>Whether its columns are stacked, so that they fall together when a series is switched off.</summary>
    public bool IsStack { get; init; }

    /// <summary>Whether one width serves all pages; the reader scrolls where that is too wide.</summary>
    public bool HasOneWidth { get; init; }

    /// <summary>Writes the chart.</summary>
    public void Write(HtmlWriter html)
    {
        var stack = IsStack ? SafeHtml.Of($" data-stack") : default;
        html.Add($"<figure class=\"chart\" id=\"{Id}\"{stack}><figcaption>{Caption ?? Chart.Title}</figcaption><div class=\"plot\">\n");
        if (HasOneWidth)
        {
            html.Add(Draw(Wide, "w"));
        }
        else
        {
            html.Add($"<div class=\"wide\">{Draw(Wide, "w")}</div>\n<div class=\"narrow\">{Draw(Narrow, "n")}</div>\n");
        }

        html.Add($"</div></figure>\n");
    }

    private SafeHtml Draw(double width, string suffix) => SafeHtml.OfPicture(Chart.Draw(ChartOptions.OnPage($"{Id}-{suffix}", width)));
}
