using System.Runtime.CompilerServices;
using System.Text;

namespace CostReport.Cli.Html.Markup;

/// <summary>
/// Writes HTML. It takes literals with holes and nothing else: <c>html.Add($"&lt;td&gt;{text}&lt;/td&gt;")</c>. What is put into a hole is
/// escaped unless it is markup already, so that no text becomes markup by being forgotten.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _output = new();

    /// <summary>Writes a literal and what is in its holes.</summary>
    public HtmlWriter Add([InterpolatedStringHandlerArgument("")] ref Pieces markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Writes what is markup already.</summary>
    public HtmlWriter Add(SafeHtml markup)
    {
        _output.Append(markup.ToString());
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _output.ToString();

    /// <summary>Writes the pieces of a literal as they come.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Pieces
    {
        private readonly StringBuilder _output;
        private readonly HtmlHoles _holes;

        /// <summary>Begins; the compiler calls it.</summary>
        public Pieces(int literalLength, int holeCount, HtmlWriter writer)
        {
            _ = literalLength + holeCount;
            _output = writer._output;
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
    }
}
