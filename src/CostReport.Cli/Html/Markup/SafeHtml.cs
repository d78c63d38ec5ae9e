using System.Runtime.CompilerServices;
using System.Text;

namespace CostReport.Cli.Html.Markup;

/// <summary>Text that is HTML already: made of our own literals, with whatever was put into them escaped.</summary>
internal readonly struct SafeHtml
{
    private readonly string? _html;

    private SafeHtml(string html) => _html = html;

    /// <summary>Makes markup of a literal; its holes are escaped.</summary>
    public static SafeHtml Of(ref OwnBuilder markup) => new(markup.ToString());

    /// <summary>A picture, as <see cref="Charts.Svg.SvgBuilder"/> wrote it, which escapes for itself.</summary>
    public static SafeHtml OfPicture(string svg) => new(svg);

    /// <summary>What writers have written, which escape what they are given.</summary>
    public static SafeHtml OfWritten(HtmlWriter html) => new(html.ToString());

    /// <summary>A style sheet or a script of this program.</summary>
    public static SafeHtml OfAsset(string text) => new(text);

    /// <inheritdoc/>
    public override string ToString() => _html ?? "";

    /// <summary>Takes the pieces of a literal.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct OwnBuilder
    {
        private readonly StringBuilder _output;
        private readonly HtmlHoles _holes;

        /// <summary>Begins; the compiler calls it.</summary>
        public OwnBuilder(int literalLength, int holeCount)
        {
            _output = new StringBuilder(literalLength + (holeCount * 16));
            _holes = new HtmlHoles(_output);
        }

        /// <summary>Our own markup.</summary>
        public void AppendLiteral(string markup) => _output.Append(markup);

        /// <summary>Text.</summary>
        public void AppendFormatted(string? text) => _holes.Text(text);

        /// <summary>A name.</summary>
        public void AppendFormatted(ShownName name) => _holes.Name(name);

        /// <summary>Markup.</summary>
        public void AppendFormatted(SafeHtml markup) => _output.Append(markup.ToString());

        /// <summary>A whole number.</summary>
        public void AppendFormatted(long number) => _holes.Number(number);

        /// <summary>What was built.</summary>
        public override string ToString() => _output.ToString();
    }
}
