using CostReport.Cli.Charts.Scales;

namespace CostReport.Cli.Charts.Marks;

/// <summary>Where values lie in a picture.</summary>
/// <param name="Left">The left edge in pixels.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Ticks">The values at the edges and between.</param>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom, NumberTicks Ticks)
{
    /// <summary>The width.</summary>
    public double Width => Right - Left;

    /// <summary>The height.</summary>
    public double Height => Bottom - Top;

    /// <summary>The height of zero.</summary>
    public double Zero => Y(0);

    /// <summary>The height of a value.</summary>
    public double Y(decimal value) => Bottom - (Height * (double)((value - Ticks.Least) / (Ticks.Greatest - Ticks.Least)));
}
