using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Pages;

/// <summary>A section of a page.</summary>
/// <param name="Id">Its id, to which the list of sections leads.</param>
/// <param name="Name">What that list calls it.</param>
/// <param name="Heading">What was found, in a few words.</param>
/// <param name="Content">Writes what proves it.</param>
internal sealed record PageSection(string Id, string Name, SafeHtml Heading, Action<HtmlWriter> Content)
{
    /// <summary>What else to know, in a sentence; empty for nothing.</summary>
    public SafeHtml Lead { get; init; }

    /// <summary>Writes the list of sections.</summary>
    public static void WriteList(HtmlWriter html, IReadOnlyList<PageSection> sections)
    {
        html.Add($"<nav aria-label=\"Sections\"><ul>\n");
        foreach (var section in sections)
        {
            html.Add($"<li><a href=\"#{section.Id}\">{section.Name}</a></li>\n");
        }

        html.Add($"</ul></nav>\n");
    }

    /// <summary>Writes the section.</summary>
    public void Write(HtmlWriter html)
    {
        html.Add($"<section id=\"{Id}\" aria-labelledby=\"{Id}-heading\">\n<h2 id=\"{Id}-heading\">{Heading}</h2>\n");
        if (Lead.ToString().Length > 0)
        {
            html.Add($"<p class=\"lead\">{Lead}</p>\n");
        }

        Content(html);
        html.Add($"</section>\n");
    }
}
