using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Pages;

/// <summary>What several pages are made of.</summary>
internal static class PageParts
{
    /// <summary>Writes figures side by side, as large as they are important.</summary>
    public static void Facts(HtmlWriter html, IReadOnlyList<Fact> facts)
    {
        html.Add($"<dl class=\"facts\">\n");
        foreach (var fact in facts)
        {
            html.Add($"<div><dt>{fact.Label}</dt><dd class=\"v\">{new ShownName(fact.Value)}</dd>");
            if (fact.Detail.Length > 0)
            {
                html.Add($"<dd class=\"d {ToneClass.Of(fact.Tone)}\">{new ShownName(fact.Detail)}</dd>");
            }

            html.Add($"</div>\n");
        }

        html.Add($"</dl>\n");
    }

    /// <summary>Writes facts one below the other.</summary>
    public static void Pairs(HtmlWriter html, IReadOnlyList<Fact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        html.Add($"<dl class=\"pairs\">\n");
        foreach (var fact in facts)
        {
            html.Add($"<dt>{fact.Label}</dt><dd><span class=\"{ToneClass.Of(fact.Tone)}\">{new ShownName(fact.Value)}</span>");
            if (fact.Detail.Length > 0)
            {
                html.Add($" <span class=\"soft\">{new ShownName(fact.Detail)}</span>");
            }

            html.Add($"</dd>\n");
        }

        html.Add($"</dl>\n");
    }

    /// <summary>Writes sentences.</summary>
    public static void Notes(HtmlWriter html, IReadOnlyList<Cell> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        html.Add($"<ul class=\"notes\">\n");
        foreach (var note in notes)
        {
            html.Add($"<li class=\"{ToneClass.Of(note.Tone)}\">{note.Text}</li>\n");
        }

        html.Add($"</ul>\n");
    }
}
