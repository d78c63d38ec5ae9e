using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Charts;

/// <summary>Makes the chart of cost over time by model, or by what was asked for, from a report.</summary>
internal static class CostChart
{
    /// <summary>What costs are told apart by where nothing else is asked for.</summary>
    public const string Model = "model";

    /// <summary>Makes the chart.</summary>
    /// <param name="costs">The costs.</param>
    /// <param name="period">The period.</param>
    /// <param name="by">What the costs are told apart by.</param>
    public static ColumnChart Of(DayCosts costs, Period period, string by = Model)
    {
        var sums = costs.Sums();
        var total = sums.Aggregate(NanoUsd.Zero, (sum, cost) => sum + (cost ?? NanoUsd.Zero));
        var greatest = sums.Select(s => s ?? NanoUsd.Zero).DefaultIfEmpty().Max();
        return new ColumnChart(
            $"Cost per {costs.Unit} by {by}",
            Describe(costs, sums, total, greatest, Wording.Of(period)) + Dearest(costs, by),
            Buckets(costs, period.Zone),
            [.. costs.Costs.Select(s => new ChartSeries(s.Model, [.. s.Costs.Select(c => c?.Value)]))],
            Measure.Money(greatest.Value));
    }

    private static TimeBuckets Buckets(DayCosts costs, TimeZoneInfo zone) => new(
        costs.Unit switch
        {
            "year" => TimeUnit.Year,
            "month" => TimeUnit.Month,
            "week" => TimeUnit.Week,
            _ => TimeUnit.Day,
        },
        [.. costs.Buckets.Select(b => Moment.AtWallClock(b.ToDateTime(TimeOnly.MinValue), zone))],
        zone);

    private static string Describe(DayCosts costs, IReadOnlyList<NanoUsd?> sums, NanoUsd total, NanoUsd greatest, string period)
    {
        if (sums.Count == 0)
        {
            return $"No calls: {period}.";
        }

        var peak = costs.Buckets[sums.ToList().FindIndex(s => (s ?? NanoUsd.Zero) == greatest)];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{period}. {Figures.Money(total)} in all; the most in a {costs.Unit} was {Figures.Money(greatest)} ({costs.Label(peak)}).");
    }

    private static string Dearest(DayCosts costs, string by) => costs.Costs.Count == 0
        ? ""
        : $" The dearest of {Figures.Count(costs.Costs.Count)} {(by == Model ? "models" : $"by {by}")} is {costs.Costs[0].Model}.";
}
