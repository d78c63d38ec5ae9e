using System.Globalization;
using System.Text;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.Charts;

/// <summary>Writes SVG text. Whatever comes from a ledger is escaped here and nowhere else.</summary>
internal sealed class SvgBuilder
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins an element. Attributes are ours and need no escaping; numbers are rounded to hundredths.</summary>
    public SvgBuilder Open(string name, FormattableString attributes) => Tag(name, attributes, ">");

    /// <summary>Writes an element without content.</summary>
    public SvgBuilder Empty(string name, FormattableString attributes) => Tag(name, attributes, "/>");

    /// <summary>Ends an element.</summary>
    public SvgBuilder Close(string name)
    {
        _text.Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>Writes an element that contains only text.</summary>
    public SvgBuilder Text(string name, FormattableString attributes, string content)
    {
        Tag(name, attributes, ">", newLine: false);
        _text.Append(Escape(content));
        return Close(name);
    }

    /// <summary>Writes a style sheet of ours.</summary>
    public SvgBuilder Style(string css)
    {
        _text.Append("<style>").Append(css).Append("</style>\n");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Escape(string text) => SafeText.Clean(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private SvgBuilder Tag(string name, FormattableString attributes, string end, bool newLine = true)
    {
        _text.Append('<').Append(name);
        if (attributes.Format.Length > 0)
        {
            var values = attributes.GetArguments().Select(a => a is double d ? Math.Round(d, 2) + 0.0 : a).ToArray();
            _text.Append(' ').AppendFormat(CultureInfo.InvariantCulture, attributes.Format, values);
        }

        _text.Append(end).Append(newLine ? "\n" : "");
        return this;
    }
}
