using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>Where the marks of one picture are drawn.</summary>
/// <param name="Svg">Takes the marks.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
internal sealed record Canvas(SvgBuilder Svg, double Left, double Top, double Right)
{
    /// <summary>The width.</summary>
    public double Width => Right - Left;

    /// <summary>The middle.</summary>
    public double Middle => (Left + Right) / 2;

    /// <summary>Says why there is nothing to see.</summary>
    /// <param name="y">The height of the middle of the plot.</param>
    /// <param name="note">What to say.</param>
    public void Note(double y, string note) => Svg.Text("text", $"class=\"e c s\" x=\"{Middle}\" y=\"{y}\"", note);
}
