using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;

namespace CostReport.Cli.Html.Sections;

/// <summary>At which hours of the week the money goes.</summary>
internal static class Hours
{
    private const int DaysPerWeek = 7;
    private const int HoursPerDay = 24;

    // Over fewer days a week says nothing.
    private const int LeastDays = 3;

    /// <summary>Makes the section; null for a short period, and where nothing was paid.</summary>
    public static PageSection? Of(PageData data)
    {
        var values = new long?[DaysPerWeek][];
        for (var i = 0; i < DaysPerWeek; i++)
        {
            values[i] = new long?[HoursPerDay];
        }

        var days = new HashSet<DateTime>();
        foreach (var group in data.Hours)
        {
            var local = CostColumns.HourOf(group.Key[0]);
            days.Add(local.Date);
            ref var value = ref values[((int)local.DayOfWeek + DaysPerWeek - 1) % DaysPerWeek][local.Hour];
            value = (value ?? 0) + group.Totals.Cost.Total.Value;
        }

        var greatest = values.SelectMany(v => v).Max() ?? 0;
        if (days.Count < LeastDays || greatest <= 0)
        {
            return null;
        }

        var total = data.Usage.Totals.Cost.Total;
        var office = Enumerable.Range(0, 5).Sum(day => values[day][8..18].Sum(v => v ?? 0));
        var chart = HeatMap.OfWeek("Cost by weekday and hour", $"The dearest hour of the week cost {Comparison.Money(new NanoUsd(greatest))}.", values, Measure.Money(greatest));
        return new PageSection("hours", "Hours", SafeHtml.Of($"{Comparison.Percent(office, total.Value)} of the cost falls on weekdays between 8 and 18 o’clock"), html =>
            new Figure("week", chart, $"Cost by weekday and hour, by the clocks of {data.Period.ZoneName}.").Write(html));
    }
}
