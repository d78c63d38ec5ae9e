using System.Globalization;

namespace CostLedger.Querying.Scanning;

/// <summary>
/// Cuts time into local hours, days, ISO weeks and months. A slot is a number: numbers sort as the slots follow each other, and
/// the name can be made from the number alone. Days have 23 to 25 hours where clocks change; an hour that a clock goes
/// through twice is two slots, told apart by the offset in their names.
/// </summary>
/// <param name="unit">What to cut into.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class TimeSlots(TimeUnit unit, TimeZoneInfo zone)
{
    private const long MsPerMinute = 60_000;
    private const long MinutesPerQuarter = 15;

    // Room for offsets of ±14 hours in minutes, as a number that is not negative.
    private const int OffsetRange = 4096;
    private const int OffsetZero = OffsetRange / 2;
    private const int MonthsPerYear = 12;

    // The hour in which 1970 begins may have begun before it.
    private const long FirstMinute = -24 * 60;

    // A year before the last one that DateTime knows, so that no offset leads out of its range.
    private static readonly long MaxMs = new DateTimeOffset(9998, 12, 31, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    // Attempts come in the order of time, so the same quarter of an hour is asked for again and again.
    private long _fromMs = long.MaxValue;
    private long _untilMs;
    private long _slot;

    /// <summary>The slot that a time lies in.</summary>
    /// <param name="unixMs">Milliseconds since 1970, UTC.</param>
    public long Of(long unixMs)
    {
        if (unixMs < _fromMs || unixMs >= _untilMs)
        {
            Find(Math.Clamp(unixMs, 0, MaxMs));
        }

        return _slot;
    }

    /// <summary>
    /// The slot's name: <c>2026-11-01T13:00+01:00</c>, <c>2026-11-01</c>, <c>2026-W44</c> or <c>2026-11</c>.
    /// </summary>
    public static string Name(TimeUnit unit, long slot)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (unit)
        {
            case TimeUnit.Hour:
                var offset = TimeSpan.FromMinutes((slot % OffsetRange) - OffsetZero);
                var utc = DateTimeOffset.FromUnixTimeSeconds(((slot / OffsetRange) + FirstMinute) * 60);
                return utc.ToOffset(offset).ToString("yyyy-MM-dd'T'HH:mmzzz", culture);
            case TimeUnit.Day:
                return DateOnly.FromDayNumber((int)slot).ToString("yyyy-MM-dd", culture);
            case TimeUnit.Week:
                var monday = DateOnly.FromDayNumber((int)slot).ToDateTime(default);
                return string.Create(culture, $"{ISOWeek.GetYear(monday):D4}-W{ISOWeek.GetWeekOfYear(monday):D2}");
            default:
                return string.Create(culture, $"{slot / MonthsPerYear:D4}-{(slot % MonthsPerYear) + 1:D2}");
        }
    }

    private void Find(long unixMs)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
        var offset = (int)zone.GetUtcOffset(time).TotalMinutes;

        // Clocks change on quarters of an hour, and local hours begin on them, but for zones that somebody invented.
        var step = (offset % MinutesPerQuarter == 0 ? MinutesPerQuarter : 1) * MsPerMinute;
        _fromMs = unixMs - (unixMs % step);
        _untilMs = unixMs >= MaxMs ? long.MaxValue : _fromMs + step;
        _slot = SlotOf(time.UtcDateTime.AddMinutes(offset), offset);
    }

    private long SlotOf(DateTime local, int offset)
    {
        switch (unit)
        {
            case TimeUnit.Hour:
                var hour = new DateTimeOffset(local.Date.AddHours(local.Hour), TimeSpan.Zero);
                return (((hour.ToUnixTimeSeconds() / 60) - offset - FirstMinute) * OffsetRange) + offset + OffsetZero;
            case TimeUnit.Day:
                return DateOnly.FromDateTime(local).DayNumber;
            case TimeUnit.Week:
                var sinceMonday = ((int)local.DayOfWeek + 6) % 7;
                return DateOnly.FromDateTime(local).DayNumber - sinceMonday;
            default:
                return (local.Year * MonthsPerYear) + local.Month - 1;
        }
    }
}
