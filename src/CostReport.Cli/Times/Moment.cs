using System.Globalization;

namespace CostReport.Cli.Times;

/// <summary>Reads a point in time: <c>7d</c> ago, a day, or a date and time.</summary>
internal static class Moment
{
    /// <summary>What is accepted, for an error line.</summary>
    public const string Accepted =
        "a time ago (30m, 24h, 7d, 2w), a day (2026-11-01, today, yesterday) or a time (2026-11-01T09:30, 2026-11-01T09:30:00Z, 2026-11-01T09:30+01:00)";

    private const DateTimeStyles Strict = DateTimeStyles.None;

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM"];

    private static readonly string[] LocalTimes =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] OffsetTimes =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>Reads a point in time.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">The zone that days and times without an offset are in.</param>
    /// <returns>The moment; null when the text is none of the accepted forms.</returns>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now, TimeZoneInfo zone) =>
        Ago(text, now) ?? Named(text, now, zone) ?? Local(text, zone) ?? WithOffset(text);

    /// <summary>
    /// The moment a wall clock shows a time. A time that a clock change leaves out counts from before the change, so a
    /// midnight that does not exist is the first moment of its day; of a time that comes twice it is the first.
    /// </summary>
    public static DateTimeOffset AtWallClock(DateTime local, TimeZoneInfo zone)
    {
        TimeSpan offset;
        if (zone.IsInvalidTime(local))
        {
            offset = zone.GetUtcOffset(local.AddDays(-1));
        }
        else
        {
            offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        }

        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTimeOffset.UnixEpoch.Ticks, DateTime.MaxValue.Ticks);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(ticks, TimeSpan.Zero), zone);
    }

    private static DateTimeOffset? Ago(string text, DateTimeOffset now)
    {
        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        if (unit is null || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        // No call is older than 1970, so a longer time ago means everything.
        var all = now - DateTimeOffset.UnixEpoch;
        return count >= all / unit.Value ? DateTimeOffset.UnixEpoch : now - (unit.Value * count);
    }

    private static DateTimeOffset? Named(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).DateTime.Date;
        return text switch
        {
            "now" => now,
            "today" => AtWallClock(today, zone),
            "yesterday" => AtWallClock(today.AddDays(-1), zone),
            _ => null,
        };
    }

    private static DateTimeOffset? Local(string text, TimeZoneInfo zone)
    {
        var (plain, culture) = (Plain(text), CultureInfo.InvariantCulture);
        return DateTime.TryParseExact(plain, Days, culture, Strict, out var local)
            || DateTime.TryParseExact(plain, LocalTimes, culture, Strict, out local)
            ? AtWallClock(local, zone)
            : null;
    }

    private static DateTimeOffset? WithOffset(string text)
    {
        var plain = Plain(text);
        plain = plain.EndsWith('Z') ? plain[..^1] + "+00:00" : plain;
        if (!DateTimeOffset.TryParseExact(plain, OffsetTimes, CultureInfo.InvariantCulture, Strict, out var moment))
        {
            return null;
        }

        return moment < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : moment;
    }

    // RFC 3339 allows a space and lower case between day and time.
    private static string Plain(string text) => text.Length > 10 && text[10] is 't' or ' '
        ? string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11)).ToUpperInvariant()
        : text.ToUpperInvariant();
}
