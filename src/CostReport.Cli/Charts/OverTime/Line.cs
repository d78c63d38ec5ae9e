namespace CostReport.Cli.Charts.OverTime;

/// <summary>One line of a chart.</summary>
/// <param name="Series">The name and the values; where there is none, the line has a gap.</param>
/// <param name="Color">The number of the colour; 0 is the accent.</param>
internal sealed record Line(ChartSeries Series, int Color = 0)
{
    /// <summary>Whether it is thinner than the others.</summary>
    public bool IsThin { get; init; }

    /// <summary>Whether it is dashed.</summary>
    public bool IsDashed { get; init; }

    /// <summary>Whether the area down to zero is filled.</summary>
    public bool HasArea { get; init; }

    /// <summary>The classes of its strokes, beside its colour's.</summary>
    public string Classes => (IsThin ? "thin" : "") + (IsThin && IsDashed ? " " : "") + (IsDashed ? "dash" : "");
}
