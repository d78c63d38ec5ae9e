using System.Globalization;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Summaries;

/// <summary>Cost over time as a line of text shows it: by hour where the period is short, else by day, week or month.</summary>
/// <param name="Unit">What a step is: <c>hour</c>, <c>3 h</c>, <c>day</c>, …</param>
/// <param name="Labels">What each step is called.</param>
/// <param name="Costs">The cost in each step by model; null where there was no call.</param>
internal sealed record CostTrend(string Unit, IReadOnlyList<string> Labels, IReadOnlyList<(string Model, IReadOnlyList<NanoUsd?> Costs)> Costs)
{
    // As many columns as a narrow screen has space for.
    private const int MostHours = 48;

    /// <summary>Whether the sums of a period are needed by hour.</summary>
    public static bool IsHourly(Period period) => CostColumns.IsHourly(period, MostHours);

    /// <summary>Makes the trend.</summary>
    /// <param name="data">What the summary tells.</param>
    /// <param name="most">How many steps there is space for.</param>
    public static CostTrend Of(SummaryData data, int most)
    {
        if (data.Usage.By is [{ Kind: GroupKind.Hour }, ..])
        {
            return OfHours(data, most);
        }

        var days = DayCosts.Of(data.Usage.Groups, data.Period, most);
        return new CostTrend(days.Unit, [.. days.Buckets.Select(days.Label)], [.. days.Costs.Select(c => (c.Model, c.Costs))]);
    }

    /// <summary>The cost of all models in each step; null where there was no call.</summary>
    public IReadOnlyList<NanoUsd?> Sums() => [.. Labels.Select((_, i) => Sum(Costs.Select(c => c.Costs[i])))];

    /// <summary>The sums as bars.</summary>
    public IReadOnlyList<Bar> ToBars()
    {
        var sums = Sums();
        var places = Figures.MoneyPlaces(sums.Select(s => s ?? NanoUsd.Zero));
        return [.. Labels.Zip(sums, (label, cost) => new Bar(label, Math.Max(0, cost?.Value ?? 0), cost is { } c ? Figures.Money(c, places) : "-"))];
    }

    private static CostTrend OfHours(SummaryData data, int most)
    {
        var chart = CostColumns.Of(data.Usage.Groups, data.Period, isHourly: true, most);
        var hours = Math.Max(1, (chart.Buckets.Count + most - 1) / most);
        return new CostTrend(
            hours == 1 ? "hour" : $"{hours} h",
            [.. chart.Buckets.Starts.Chunk(hours).Select(h => data.Period.Local(h[0]).ToString("ddd HH:mm", CultureInfo.InvariantCulture))],
            [
                .. chart.Series.Select(s => (
                    s.Name,
                    (IReadOnlyList<NanoUsd?>)[.. s.Values.Chunk(hours).Select(values => Sum(values.Select(v => v is { } nano ? new NanoUsd(nano) : (NanoUsd?)null)))])),
            ]);
    }

    private static NanoUsd? Sum(IEnumerable<NanoUsd?> costs) =>
        costs.Aggregate((NanoUsd?)null, (sum, cost) => cost is { } c ? (sum ?? NanoUsd.Zero) + c : sum);
}
