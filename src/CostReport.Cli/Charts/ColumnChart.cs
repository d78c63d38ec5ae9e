namespace CostReport.Cli.Charts;

/// <summary>Stacked columns over time: what a picture shows, not how.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the picture shows, for those who do not see it.</param>
/// <param name="Labels">The name of every column, for the axis.</param>
/// <param name="Series">The series, the greatest first; it lies at the bottom.</param>
/// <param name="Format">Writes a value for people.</param>
/// <param name="FormatTick">Writes a round value on the axis.</param>
internal sealed record ColumnChart(
    string Title,
    string Description,
    IReadOnlyList<string> Labels,
    IReadOnlyList<ChartSeries> Series,
    Func<long, string> Format,
    Func<long, string> FormatTick)
{
    /// <summary>How many series a picture can tell apart.</summary>
    public const int MostSeries = 8;

    /// <summary>The same chart with the smallest series added up where there are too many to tell apart.</summary>
    public ColumnChart Folded()
    {
        if (Series.Count <= MostSeries)
        {
            return this;
        }

        var rest = Series.Skip(MostSeries - 1).ToList();
        var sums = Labels.Select((_, column) => rest.Select(s => s.Values[column]).Aggregate((long?)null, Add)).ToList();
        return this with { Series = [.. Series.Take(MostSeries - 1), new ChartSeries($"{rest.Count} others", sums)] };
    }

    /// <summary>The height of a column: all its series together.</summary>
    public decimal Height(int column) => Series.Sum(s => Math.Max(0, (decimal)(s.Values[column] ?? 0)));

    private static long? Add(long? left, long? right) => left is { } l && right is { } r ? checked(l + r) : left ?? right;
}
