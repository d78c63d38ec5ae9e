using System.Globalization;
using CostLedger.Querying.Limits;
using CostReport.Cli.Charts;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Limits;

/// <summary>Makes the picture of what was left of the tightest limit over time.</summary>
internal static class LimitChart
{
    private const int MostColumns = 96;

    /// <summary>Makes the chart.</summary>
    public static ColumnChart Of(LimitReport report, Period period)
    {
        if (report.Series is not [var tightest, ..])
        {
            return new ColumnChart("Rate limits", $"No rate limits were told of: {Wording.Of(period)}.", [], [], Figures.Count, Figures.Count);
        }

        var slots = LimitSlots.Of(tightest, report.AsOf, MostColumns);
        var format = slots.Count > 1 && slots[1].Start - slots[0].Start >= TimeSpan.FromDays(1) ? "d MMM" : "d MMM HH:mm";
        return new ColumnChart(
            $"Left of {LimitTables.NameOf(tightest)}, at the least",
            $"{Wording.Of(period)}. The tightest limit: {LimitTables.NameOf(tightest)}, {Figures.Count(tightest.Whole.Limit ?? 0)} in all, at the least {Figures.Count(tightest.Whole.Lowest ?? 0)} left.",
            [.. slots.Select(s => period.Local(s.Start).ToString(format, CultureInfo.InvariantCulture))],
            [new ChartSeries("left", [.. slots.Select(s => s.Lowest?.Lowest)])],
            Figures.Count,
            Figures.Count);
    }
}
