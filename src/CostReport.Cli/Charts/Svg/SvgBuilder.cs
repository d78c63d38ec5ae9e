using System.Globalization;
using System.Text;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.Charts.Svg;

/// <summary>Writes SVG text. Whatever comes from a ledger is escaped here and nowhere else.</summary>
internal sealed class SvgBuilder
{
    private const int Places = 2;
    private readonly StringBuilder _text = new();

    /// <summary>Begins an element. Numbers are rounded to hundredths, texts among the values escaped.</summary>
    public SvgBuilder Open(string name, FormattableString attributes) => Tag(name, attributes, ">\n");

    /// <summary>Writes an element without content.</summary>
    public SvgBuilder Empty(string name, FormattableString attributes) => Tag(name, attributes, "/>\n");

    /// <summary>Ends an element.</summary>
    public SvgBuilder Close(string name)
    {
        _text.Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>Writes an element that contains only text.</summary>
    public SvgBuilder Text(string name, FormattableString attributes, string content)
    {
        Tag(name, attributes, ">");
        _text.Append(Escape(content));
        return Close(name);
    }

    /// <summary>Writes what a reader sees while pointing at the element that is open, a line each.</summary>
    public SvgBuilder Hover(IEnumerable<string> lines)
    {
        _text.Append("<title>").AppendJoin('\n', lines.Select(Escape));
        return Close("title");
    }

    /// <summary>Writes what a reader sees while pointing at the element that is open.</summary>
    public SvgBuilder Hover(string line) => Hover([line]);

    /// <summary>Writes a style sheet of ours.</summary>
    public SvgBuilder Style(string css)
    {
        _text.Append("<style>").Append(css).Append("</style>\n");
        return this;
    }

    /// <summary>Writes what another builder wrote.</summary>
    public SvgBuilder Append(SvgBuilder other)
    {
        _text.Append(other._text);
        return this;
    }

    /// <summary>A number of a path, as the builder writes numbers.</summary>
    public static string Number(double value) => Round(value).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Escape(string text) => SafeText.Clean(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    // Adding zero turns -0 into 0.
    private static double Round(double value) => Math.Round(value, Places) + 0.0;

    private static object? Argument(object? value) => value switch
    {
        double number => Round(number),
        string text => Escape(text),
        _ => value,
    };

    private SvgBuilder Tag(string name, FormattableString attributes, string end)
    {
        _text.Append('<').Append(name);
        if (attributes.Format.Length > 0)
        {
            _text.Append(' ').AppendFormat(CultureInfo.InvariantCulture, attributes.Format, [.. attributes.GetArguments().Select(Argument)]);
        }

        _text.Append(end);
        return this;
    }
}
