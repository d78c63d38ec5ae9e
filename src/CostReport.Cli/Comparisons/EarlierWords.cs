using System.Globalization;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Comparisons;

/// <summary>What a period is compared with, in words.</summary>
/// <param name="Name">What it is called: <c>the 7 days before</c>, <c>yesterday until 12:00</c>.</param>
/// <param name="When">The same behind what happened then: <c>in the 7 days before</c>.</param>
internal sealed record EarlierWords(string Name, string When)
{
    /// <summary>The words; empty where a period has nothing to be compared with.</summary>
    public static EarlierWords Of(Period period)
    {
        if (period is not { Since: { } start, Before: { Since: { } since, Until: { } until } before })
        {
            return new EarlierWords("", "");
        }

        if (period.Step is not { } step)
        {
            return In($"the {Wording.Length(before)} before");
        }

        var (first, end) = (period.Local(since), period.Local(until));
        return step switch
        {
            { Count: 1, IsMonths: false } when until < start => DayBefore(period.Local(start).Date == period.Local(period.Now).Date, end),
            _ when until < start => From(string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} to {Figures.Minute(end)}")),
            { Count: 1, IsMonths: false } => new EarlierWords("the day before", "on the day before"),
            { Count: 1 } => In("the month before"),
            _ => In($"the {Figures.Count(step.Count)} {(step.IsMonths ? "months" : "days")} before"),
        };
    }

    private static EarlierWords DayBefore(bool isToday, DateTimeOffset end)
    {
        var until = string.Create(CultureInfo.InvariantCulture, $"until {end:HH:mm}");
        return isToday ? new EarlierWords($"yesterday {until}", $"yesterday {until}") : new EarlierWords($"the day before {until}", $"on the day before {until}");
    }

    private static EarlierWords In(string name) => new(name, $"in {name}");

    private static EarlierWords From(string name) => new(name, $"from {name}");
}
