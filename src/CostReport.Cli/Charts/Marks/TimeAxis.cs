using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Charts.Svg;

namespace CostReport.Cli.Charts.Marks;

/// <summary>The axis of time below a plot. Time runs evenly, so a day of 23 hours is narrower than one of 25.</summary>
/// <param name="Buckets">What it shows.</param>
/// <param name="Left">The left edge in pixels.</param>
/// <param name="Right">The right edge.</param>
internal sealed record TimeAxis(TimeBuckets Buckets, double Left, double Right)
{
    /// <summary>The height of the two rows of labels.</summary>
    public const double Height = 40;

    private const double Gap = 10;
    private const double BesideLine = 4;
    private const double FirstRow = 18;
    private const double SecondRow = 36;

    /// <summary>The place of a moment.</summary>
    public double X(DateTimeOffset moment)
    {
        var start = Buckets.Starts[0];
        return Left + ((Right - Left) * ((double)(moment - start).Ticks / (Buckets.End - start).Ticks));
    }

    /// <summary>The left edge of a bucket.</summary>
    public double Start(int index) => X(Buckets.Starts[index]);

    /// <summary>The right edge of a bucket.</summary>
    public double End(int index) => X(Buckets.EndOf(index));

    /// <summary>The middle of a bucket.</summary>
    public double Middle(int index) => (Start(index) + End(index)) / 2;

    /// <summary>The width of a bar in a bucket, which leaves some of it to the eye.</summary>
    /// <param name="index">The bucket.</param>
    /// <param name="widest">The greatest width.</param>
    public double BarWidth(int index, double widest)
    {
        var step = End(index) - Start(index);
        return Math.Min(step - (step >= 4 ? Math.Min(step * 0.25, 14) : 0), widest);
    }

    /// <summary>Draws the labels.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="bottom">The lower edge of the plot.</param>
    public void Draw(SvgBuilder svg, double bottom)
    {
        var ticks = TimeTicks.Of(Buckets, label => (Right - Left) / (TextWidth.Of(label) + Gap));
        DrawNear(svg, bottom, ticks.Near);
        DrawFar(svg, bottom, ticks.Far);
    }

    // A label stands below the bucket that it names, or at its moment where no bucket begins there.
    private void DrawNear(SvgBuilder svg, double bottom, IReadOnlyList<TimeTick> ticks)
    {
        var free = double.NegativeInfinity;
        foreach (var tick in ticks)
        {
            var x = Buckets.IndexOf(tick.At) is { } index && Buckets.Starts[index] == tick.At ? Middle(index) : X(tick.At);
            var half = TextWidth.Of(tick.Label) / 2;
            if (x - half >= free && x + half <= Right + half)
            {
                svg.Text("text", $"class=\"s c\" x=\"{x}\" y=\"{bottom + FirstRow}\"", tick.Label);
                free = x + half + (Gap / 2);
            }
        }
    }

    // The one that the axis begins in gives way to the next where both do not fit.
    private void DrawFar(SvgBuilder svg, double bottom, IReadOnlyList<TimeTick> ticks)
    {
        var free = double.NegativeInfinity;
        for (var i = 0; i < ticks.Count; i++)
        {
            var width = TextWidth.Of(ticks[i].Label);
            var x = Math.Max(Left, Math.Min(X(ticks[i].At) + (i > 0 ? BesideLine : 0), Right - width));
            var givesWay = i == 0 && ticks.Count > 1 && x + width + Gap > Math.Min(X(ticks[1].At), Right - TextWidth.Of(ticks[1].Label));
            if (x < free || givesWay)
            {
                continue;
            }

            if (i > 0 && x > X(ticks[i].At))
            {
                var at = Math.Round(X(ticks[i].At)) + 0.5;
                svg.Empty("line", $"class=\"g\" x1=\"{at}\" x2=\"{at}\" y1=\"{bottom}\" y2=\"{bottom + SecondRow}\"");
            }

            svg.Text("text", $"class=\"s\" x=\"{x}\" y=\"{bottom + SecondRow}\"", ticks[i].Label);
            free = x + width + Gap;
        }
    }
}
