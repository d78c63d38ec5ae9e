namespace CostReport.Cli.Times;

/// <summary>
/// How far a period that begins with a day is moved back to the one it is compared with: by whole days or months, so that a
/// morning meets the morning before, not the night.
/// </summary>
/// <param name="Count">How many days or months.</param>
/// <param name="IsMonths">Whether it counts months.</param>
internal readonly record struct CalendarStep(int Count, bool IsMonths)
{
    /// <summary>The step of a period: months where it begins with one and is longer than a day, else days; the fewest that reach over it.</summary>
    /// <param name="since">The start, inclusive.</param>
    /// <param name="end">The end, exclusive, and after the start.</param>
    /// <param name="zone">The zone whose days they are.</param>
    /// <returns>The step; null where the period does not begin with a day.</returns>
    public static CalendarStep? Of(DateTimeOffset since, DateTimeOffset end, TimeZoneInfo zone)
    {
        var (first, last) = (Local(since, zone), Local(end, zone));
        if (first.TimeOfDay != TimeSpan.Zero)
        {
            return null;
        }

        var days = Math.Max(1, (int)Math.Ceiling((last - first) / TimeSpan.FromDays(1)));
        if (first.Day != 1 || days == 1)
        {
            return new CalendarStep(days, IsMonths: false);
        }

        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month;
        return new CalendarStep(last == new DateTime(last.Year, last.Month, 1) ? months : months + 1, IsMonths: true);
    }

    /// <summary>A moment that much earlier, at the same time of day; in a month that has no such day, the month's end.</summary>
    public DateTimeOffset Back(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = Local(moment, zone);
        if (!IsMonths)
        {
            return Moment.AtWallClock(local.AddDays(-Count), zone);
        }

        var earlier = local.AddMonths(-Count);
        return Moment.AtWallClock(earlier.Day == local.Day ? earlier : earlier.Date.AddDays(1), zone);
    }

    // A midnight that a clock change leaves out is one all the same.
    private static DateTime Local(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return Moment.AtWallClock(local.Date, zone) == moment ? local.Date : local;
    }
}
