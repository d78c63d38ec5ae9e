using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Pages;

/// <summary>A page that needs nothing from outside it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Body">What is on it, as markup.</param>
internal sealed record HtmlPage(string Title, SafeHtml Body)
{
    /// <summary>A script of ours that the page runs after its own; null for none.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether scripts may ask the server that the page came from.</summary>
    public bool CanConnect { get; init; }

    /// <summary>The page as a document.</summary>
    public override string ToString()
    {
        var style = PageAssets.Style;
        string[] scripts = Extra is { } extra ? [PageAssets.Script, extra] : [PageAssets.Script];
        var html = new HtmlWriter();
        html.Add($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"{ContentPolicy.Of([style], scripts, CanConnect)}\">\n");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Add($"<meta name=\"referrer\" content=\"no-referrer\">\n<title>{Title}</title>\n<link rel=\"icon\" href=\"data:,\">\n");
        html.Add($"<style>{SafeHtml.OfAsset(style)}</style>\n</head>\n<body>\n{Body}");
        foreach (var script in scripts)
        {
            html.Add($"<script>{SafeHtml.OfAsset(script)}</script>\n");
        }

        return html.Add($"</body>\n</html>\n").ToString();
    }
}
