using CostReport.Cli.Times;

namespace CostReport.Cli.Charts.Scales;

/// <summary>Where hours, days, weeks, months and years begin by the clocks of a zone.</summary>
internal static class ZoneCalendar
{
    private const int DaysPerWeek = 7;

    // The last year is cut off, so that no sum leaves the calendar.
    private static readonly DateTime s_last = new(9998, 12, 31);

    /// <summary>The start of the hour, day, week, month or year that a moment is in.</summary>
    public static DateTimeOffset Floor(DateTimeOffset moment, TimeUnit unit, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return unit == TimeUnit.Hour
            ? local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour))
            : Moment.AtWallClock(Floor(local.Date, unit), zone);
    }

    /// <summary>The start of the next one.</summary>
    /// <param name="start">The start of one.</param>
    /// <param name="unit">What it is.</param>
    /// <param name="zone">The zone.</param>
    public static DateTimeOffset Next(DateTimeOffset start, TimeUnit unit, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(start, zone);
        if (unit != TimeUnit.Hour)
        {
            // Where a zone moved its clocks for good at midnight, the day before can seem to hold the start.
            var floor = Floor(local.Date, unit);
            var day = Moment.AtWallClock(Add(floor, unit, 1), zone);
            return day > start ? day : Moment.AtWallClock(Add(floor, unit, 2), zone);
        }

        // Where clocks change by half an hour, the hour is cut there.
        var hourLater = TimeZoneInfo.ConvertTime(start.AddHours(1), zone);
        var next = Floor(hourLater, TimeUnit.Hour, zone);
        return next > start ? next : hourLater;
    }

    /// <summary>The starts of several units at a time between two moments; weeks, years and hours at round ones.</summary>
    /// <param name="from">The first moment, inclusive.</param>
    /// <param name="to">The last moment, exclusive.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="count">How many of the unit lie between two starts.</param>
    /// <param name="zone">The zone.</param>
    public static IEnumerable<DateTimeOffset> Starts(DateTimeOffset from, DateTimeOffset to, TimeUnit unit, int count, TimeZoneInfo zone)
    {
        if (unit == TimeUnit.Hour)
        {
            return Starts(from, to, TimeUnit.Day, 1, zone, atFloor: true).SelectMany(day => Hours(day, count, zone)).Where(h => h >= from && h < to);
        }

        return Starts(from, to, unit, count, zone, atFloor: false).Where(s => s >= from);
    }

    private static IEnumerable<DateTimeOffset> Starts(
        DateTimeOffset from, DateTimeOffset to, TimeUnit unit, int count, TimeZoneInfo zone, bool atFloor)
    {
        var local = Floor(TimeZoneInfo.ConvertTime(from, zone).Date, unit);
        local = atFloor ? local : Round(local, unit, count);
        for (var start = Moment.AtWallClock(local, zone); start < to; start = Moment.AtWallClock(local, zone))
        {
            yield return start;
            local = Add(local, unit, count);
            if (local > s_last)
            {
                yield break;
            }
        }
    }

    // An hour that a clock change leaves out is none, one that comes twice is two where every hour is asked for.
    private static IEnumerable<DateTimeOffset> Hours(DateTimeOffset day, int count, TimeZoneInfo zone)
    {
        for (var local = TimeZoneInfo.ConvertTime(day, zone).Date; local.Hour < 24; local = local.AddHours(count))
        {
            if (!zone.IsInvalidTime(local))
            {
                var first = Moment.AtWallClock(local, zone);
                yield return first;
                if (count == 1 && zone.IsAmbiguousTime(local))
                {
                    yield return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, zone.GetAmbiguousTimeOffsets(local).Min()), zone);
                }
            }

            if (local.Hour + count >= 24)
            {
                yield break;
            }
        }
    }

    private static DateTime Floor(DateTime local, TimeUnit unit) => unit switch
    {
        TimeUnit.Year => new DateTime(local.Year, 1, 1),
        TimeUnit.Month => new DateTime(local.Year, local.Month, 1),
        TimeUnit.Week when local > DateTime.MinValue.AddDays(DaysPerWeek) => local.AddDays(-(((int)local.DayOfWeek + 6) % DaysPerWeek)),
        _ => local,
    };

    // Every third month is January, April and so on.
    private static DateTime Round(DateTime start, TimeUnit unit, int count) => unit switch
    {
        TimeUnit.Month => new DateTime(start.Year, ((start.Month - 1) / count * count) + 1, 1),
        TimeUnit.Year => new DateTime(Math.Max(1, start.Year / count * count), 1, 1),
        _ => start,
    };

    private static DateTime Add(DateTime start, TimeUnit unit, int count)
    {
        if (start >= s_last)
        {
            return start;
        }

        return unit switch
        {
            TimeUnit.Year => start.AddYears(Math.Min(count, s_last.Year + 1 - start.Year)),
            TimeUnit.Month => start.AddMonths(count),
            TimeUnit.Week => start.AddDays(count * DaysPerWeek),
            _ => start.AddDays(count),
        };
    }
}
