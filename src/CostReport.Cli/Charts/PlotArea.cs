namespace CostReport.Cli.Charts;

/// <summary>Where values lie in a picture.</summary>
/// <param name="Left">The left edge in pixels.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge, where zero is.</param>
/// <param name="Greatest">The value at the upper edge.</param>
/// <param name="Columns">The number of columns.</param>
internal sealed record PlotArea(double Left, double Top, double Right, double Bottom, long Greatest, int Columns)
{
    /// <summary>The space of one column.</summary>
    public double Step => (Right - Left) / Columns;

    /// <summary>The middle of a column.</summary>
    public double Center(int column) => Left + (Step * (column + 0.5));

    /// <summary>The height of a value.</summary>
    public double Y(decimal value) => Bottom - ((Bottom - Top) * (double)(value / Greatest));
}
