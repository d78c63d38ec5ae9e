using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>What a picture shows. The same chart and options give the same text, always.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
internal abstract record Chart(string Title, string Description)
{
    private const double HeadingSize = 16;
    private const double HeadingHeight = 34;

    /// <summary>Whether a heading can be seen; a picture of a line's height has none.</summary>
    protected virtual bool CanHaveHeading => true;

    /// <summary>Draws the picture as SVG text.</summary>
    /// <param name="options">How; null for a file with one picture.</param>
    public string Draw(ChartOptions? options = null)
    {
        options ??= ChartOptions.Alone;
        var hasHeading = options.HasHeading && CanHaveHeading;
        var canvas = new Canvas(new SvgBuilder(), options.Margin, options.Margin + (hasHeading ? HeadingHeight : 0), options.Width - options.Margin);
        var height = Math.Ceiling(DrawMarks(canvas) + options.Margin);

        var (width, id) = (options.Width, options.Id);
        var svg = new SvgBuilder();
        svg.Open("svg", $"xmlns=\"http://www.w3.org/2000/svg\" class=\"cr\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\"");
        svg.Text("title", $"id=\"{id}-title\"", Title).Text("desc", $"id=\"{id}-desc\"", Description);
        if (options.HasStyle)
        {
            svg.Style(StyleSheet.Alone).Empty("rect", $"class=\"bg\" width=\"{width}\" height=\"{height}\"");
        }

        if (hasHeading)
        {
            svg.Text("text", $"class=\"h\" x=\"{canvas.Left}\" y=\"{options.Margin + 14}\"", TextWidth.Fit(Title, canvas.Width, HeadingSize, bold: true));
        }

        return svg.Append(canvas.Svg).Close("svg").ToString();
    }

    /// <summary>Draws the marks.</summary>
    /// <param name="canvas">Where.</param>
    /// <returns>Where they end at the bottom.</returns>
    protected abstract double DrawMarks(Canvas canvas);
}
