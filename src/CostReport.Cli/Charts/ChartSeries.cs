namespace CostReport.Cli.Charts;

/// <summary>One series of a chart.</summary>
/// <param name="Name">The name, as the legend shows it.</param>
/// <param name="Values">A value for every column; null where there is none. Negative values count as zero.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<long?> Values)
{
    /// <summary>The sum of the values.</summary>
    public decimal Sum { get; } = Values.Sum(v => Math.Max(0, (decimal)(v ?? 0)));
}
