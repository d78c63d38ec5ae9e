namespace CostReport.Cli.Charts.OverTime;

/// <summary>One series of a chart.</summary>
/// <param name="Name">The name, as the legend shows it; of any length, with anything in it.</param>
/// <param name="Values">A value for every bucket of time; null where there is none.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<long?> Values)
{
    /// <summary>The sum of the values.</summary>
    public decimal Sum { get; } = Values.Sum(v => (decimal)(v ?? 0));
}
