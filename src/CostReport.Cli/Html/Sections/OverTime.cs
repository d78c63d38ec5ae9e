using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Charts.OverTime;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.Html.Sections;

/// <summary>The cost over time, by model, and added up beside the period before.</summary>
internal static class OverTime
{
    private const int MostColumns = 100;

    /// <summary>Makes the section.</summary>
    public static PageSection Of(PageData data)
    {
        var chart = CostColumns.Of(data.Usage.Groups, data.Period, data.IsHourly, MostColumns);
        var sums = CostColumns.Sums(chart);
        return new PageSection("time", "Over time", Heading(chart, sums), html =>
        {
            new Figure("cost", chart) { IsStack = true }.Write(html);
            new Figure("running", Running(data, chart, sums)).Write(html);
        });
    }

    private static LineChart Running(PageData data, ColumnChart chart, IReadOnlyList<long?> sums)
    {
        var then = data.Period.Before is { } period && data.Before is { Totals.Attempts: > 0 } before
            ? Aligned(CostColumns.Sums(CostColumns.Of(before.Groups, period, data.IsHourly, MostColumns)), sums.Count, data.Period.Step is not null)
            : null;
        var total = Math.Max(sums.Sum(s => s ?? 0), then?.Sum(s => s ?? 0) ?? 0);
        var title = then is null ? "Cost added up" : "Cost added up, against the period before";
        return CumulativeChart.Of(title, chart.Buckets, sums, then, Measure.Money(total));
    }

    // The earlier period can touch more days: one of the same length begins with a part of a day, and months have not the same
    // number of them. What is too many is added up where the days do not meet: at the beginning, or at the end of a longer month.
    private static IReadOnlyList<long?> Aligned(IReadOnlyList<long?> sums, int count, bool isFromTheFirst)
    {
        if (sums.Count <= count || count == 0)
        {
            return sums;
        }

        return isFromTheFirst
            ? [.. sums.Take(count - 1), sums.Skip(count - 1).Sum(s => s ?? 0)]
            : [sums.Take(sums.Count - count + 1).Sum(s => s ?? 0), .. sums.Skip(sums.Count - count + 1)];
    }

    private static SafeHtml Heading(ColumnChart chart, IReadOnlyList<long?> sums)
    {
        var greatest = sums.Max() ?? 0;
        var total = sums.Sum(s => s ?? 0);
        if (greatest <= 0 || sums.Count(s => s > 0) < 2)
        {
            return SafeHtml.Of($"Cost over time");
        }

        var at = 0;
        while (sums[at] != greatest)
        {
            at++;
        }

        return SafeHtml.Of($"{chart.Buckets.Label(at)} cost most: {Comparison.Money(new NanoUsd(greatest))}, {Comparison.Percent(greatest, total)} of all");
    }
}
