using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Charts;

/// <summary>Makes the chart of cost over time by model from a report.</summary>
internal static class CostChart
{
    /// <summary>How many columns are wide enough to see.</summary>
    public const int MostColumns = 400;

    /// <summary>Makes the chart.</summary>
    /// <param name="costs">The costs.</param>
    /// <param name="period">The period in words.</param>
    public static ColumnChart Of(DayCosts costs, string period)
    {
        var sums = costs.Sums();
        var total = sums.Aggregate(NanoUsd.Zero, (sum, cost) => sum + (cost ?? NanoUsd.Zero));
        var greatest = sums.Select(s => s ?? NanoUsd.Zero).DefaultIfEmpty().Max();
        var places = greatest.Value switch
        {
            0 or >= NanoUsd.PerDollar => 2,
            >= NanoUsd.PerDollar / 100 => 4,
            _ => 6,
        };
        return new ColumnChart(
            $"Cost per {costs.Unit} by model",
            Describe(costs, sums, total, greatest, period),
            [.. costs.Buckets.Select(b => Label(b, costs))],
            [.. costs.Costs.Select(s => new ChartSeries(s.Model, [.. s.Costs.Select(c => c?.Value)]))],
            value => Figures.Money(new NanoUsd(value), places),
            tick => "$" + ((decimal)tick / NanoUsd.PerDollar).ToString("#,0.#########", CultureInfo.InvariantCulture));
    }

    private static string Describe(DayCosts costs, IReadOnlyList<NanoUsd?> sums, NanoUsd total, NanoUsd greatest, string period)
    {
        if (sums.Count == 0)
        {
            return $"No calls: {period}.";
        }

        var peak = costs.Buckets[sums.ToList().FindIndex(s => (s ?? NanoUsd.Zero) == greatest)];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{period}. {Figures.Money(total)} in all; the most in a {costs.Unit} was {Figures.Money(greatest)} ({costs.Label(peak)}). The dearest of {costs.Costs.Count} models is {costs.Costs[0].Model}.");
    }

    private static string Label(DateOnly bucket, DayCosts costs)
    {
        var sameYear = costs.Buckets[0].Year == costs.Buckets[^1].Year;
        var format = costs.Unit switch
        {
            "year" => "yyyy",
            "month" => "MMM yyyy",
            _ => sameYear ? "d MMM" : "d MMM yy",
        };
        return bucket.ToString(format, CultureInfo.InvariantCulture);
    }
}
