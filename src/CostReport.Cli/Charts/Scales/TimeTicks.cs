using System.Globalization;

namespace CostReport.Cli.Charts.Scales;

/// <summary>Round moments for a time axis, in two rows: hours above days, days above months, months above years.</summary>
/// <param name="Near">The upper row.</param>
/// <param name="Far">The lower row; the first names what the axis begins in.</param>
internal sealed record TimeTicks(IReadOnlyList<TimeTick> Near, IReadOnlyList<TimeTick> Far)
{
    private const double HoursPerDay = 24;
    private const double HoursPerMonth = 730;

    private static readonly (TimeUnit Unit, int Count, double Hours, string Widest)[] s_steps =
    [
        (TimeUnit.Hour, 1, 1, "00:00"), (TimeUnit.Hour, 2, 2, "00:00"), (TimeUnit.Hour, 3, 3, "00:00"), (TimeUnit.Hour, 6, 6, "00:00"),
        (TimeUnit.Hour, 12, 12, "00:00"), (TimeUnit.Day, 1, 24, "30"), (TimeUnit.Day, 2, 48, "30"), (TimeUnit.Week, 1, 168, "30"),
        (TimeUnit.Month, 1, 730, "May"), (TimeUnit.Month, 2, 1461, "May"), (TimeUnit.Month, 3, 2191, "May"),
        (TimeUnit.Month, 6, 4383, "May"), (TimeUnit.Year, 1, 8766, "2000"), (TimeUnit.Year, 2, 17532, "2000"), (TimeUnit.Year, 5, 43830, "2000"),
        (TimeUnit.Year, 10, 87660, "2000"), (TimeUnit.Year, 20, 175320, "2000"), (TimeUnit.Year, 50, 438300, "2000"),
    ];

    /// <summary>Finds the ticks.</summary>
    /// <param name="buckets">What the axis shows; no tick is finer.</param>
    /// <param name="spaceFor">How many labels as wide as a text there is space for.</param>
    public static TimeTicks Of(TimeBuckets buckets, Func<string, double> spaceFor)
    {
        if (buckets.Count == 0)
        {
            return new TimeTicks([], []);
        }

        var hours = (buckets.End - buckets.Starts[0]).TotalHours;
        var index = Array.FindIndex(s_steps, step => step.Unit >= buckets.Unit && hours / step.Hours <= spaceFor(step.Widest) && HasFar(step.Unit, hours, spaceFor));
        var step = s_steps[index < 0 ? ^1 : index];
        return new TimeTicks(
            [.. ZoneCalendar.Starts(buckets.Starts[0], buckets.End, step.Unit, step.Count, buckets.Zone).Select(s => new TimeTick(s, NearLabel(s, step.Unit, buckets.Zone)))],
            Contexts(buckets, step.Unit));
    }

    // Days without space for all names of months, or hours without space for all names of days, leave it open what they are.
    private static bool HasFar(TimeUnit near, double hours, Func<string, double> spaceFor) => near switch
    {
        TimeUnit.Hour => hours <= HoursPerDay || hours / HoursPerDay <= spaceFor("Wed 30 May 2000"),
        TimeUnit.Day or TimeUnit.Week => hours <= HoursPerMonth || hours / HoursPerMonth <= spaceFor("May 2000"),
        _ => true,
    };

    private static List<TimeTick> Contexts(TimeBuckets buckets, TimeUnit near)
    {
        if (near == TimeUnit.Year)
        {
            return [];
        }

        var unit = near switch { TimeUnit.Hour => TimeUnit.Day, TimeUnit.Month => TimeUnit.Year, _ => TimeUnit.Month };
        var starts = ZoneCalendar.Starts(buckets.Starts[0], buckets.End, unit, 1, buckets.Zone).ToList();
        if (starts.Count == 0 || starts[0] > buckets.Starts[0])
        {
            starts.Insert(0, buckets.Starts[0]);
        }

        return [.. starts.Select(s => new TimeTick(s, FarLabel(s, unit, buckets.Zone)))];
    }

    private static string NearLabel(DateTimeOffset moment, TimeUnit unit, TimeZoneInfo zone) => Format(moment, zone, unit switch
    {
        TimeUnit.Hour => "HH:mm",
        TimeUnit.Month => "MMM",
        TimeUnit.Year => "yyyy",
        _ => "%d",
    });

    private static string FarLabel(DateTimeOffset moment, TimeUnit unit, TimeZoneInfo zone) => Format(moment, zone, unit switch
    {
        TimeUnit.Day => "ddd d MMM yyyy",
        TimeUnit.Month => "MMM yyyy",
        _ => "yyyy",
    });

    private static string Format(DateTimeOffset moment, TimeZoneInfo zone, string format) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(format, CultureInfo.InvariantCulture);
}
