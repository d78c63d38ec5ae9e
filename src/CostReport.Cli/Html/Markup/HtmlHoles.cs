using System.Globalization;
using System.Text;

namespace CostReport.Cli.Html.Markup;

/// <summary>Writes what fills the holes of our markup. Whatever comes from a ledger is escaped here and nowhere else.</summary>
/// <param name="output">Takes the markup.</param>
internal readonly struct HtmlHoles(StringBuilder output)
{
    /// <summary>Writes text, fit for an element and for an attribute in quotes.</summary>
    public void Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        foreach (var c in VisibleText.Of(text))
        {
            switch (c)
            {
                case '&': output.Append("&amp;"); break;
                case '<': output.Append("&lt;"); break;
                case '>': output.Append("&gt;"); break;
                case '"': output.Append("&quot;"); break;
                case '\'': output.Append("&#39;"); break;
                default: output.Append(c); break;
            }
        }
    }

    /// <summary>Writes a name, with its own direction.</summary>
    public void Name(ShownName name)
    {
        var text = name.Text ?? "";
        if (text.Length <= ShownName.Longest)
        {
            output.Append("<bdi>");
            Text(text);
            output.Append("</bdi>");
            return;
        }

        output.Append("<bdi title=\"");
        Text(Cut(text, ShownName.LongestHint));
        output.Append("\">");
        Text(Cut(text, ShownName.Longest));
        output.Append("</bdi>");
    }

    /// <summary>Writes a whole number without marks between.</summary>
    public void Number(long number) => output.Append(CultureInfo.InvariantCulture, $"{number}");

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "…";
    }
}
