namespace CostLedger.Querying.Limits;

/// <summary>
/// The arithmetic of a limit that is refilled continuously. Pure.
/// </summary>
internal static class Bucket
{
    /// <summary>How far a forecast looks: a rate of the last minutes says nothing about tomorrow.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(1);

    // A bucket of a minute is full again within one; headers are rounded to seconds and tokens to thousands.
    private static readonly TimeSpan LongestOfMinute = TimeSpan.FromMinutes(2);

    /// <summary>What is refilled a minute.</summary>
    public static double RefillPerMinute(LimitPoint told)
    {
        var limit = (double)(told.Limit ?? 0);
        return told is { ResetsAt: { } resets, Remaining: { } left } && resets - told.ObservedAt > LongestOfMinute && left < limit
            ? (limit - left) / (resets - told.ObservedAt).TotalMinutes
            : limit;
    }

    /// <summary>What is left at a time if nobody uses any: what was told, and what was refilled since, up to the limit.</summary>
    /// <returns>The number; null when the limit, or what was left of it, is not known.</returns>
    public static long? RemainingAt(LimitPoint told, DateTimeOffset time)
    {
        if (told is not { Limit: { } limit, Remaining: { } left })
        {
            return null;
        }

        if (left >= limit || time <= told.ObservedAt)
        {
            return left;
        }

        if (told.ResetsAt is { } resets && time >= resets)
        {
            return limit;
        }

        var refilled = RefillPerMinute(told) * (time - told.ObservedAt).TotalMinutes;
        return refilled >= limit - left ? limit : left + (long)refilled;
    }

    /// <summary>
    /// The least that was used between the first and the last of some points: what a bucket that nobody used would have held,
    /// less what it held.
    /// </summary>
    /// <param name="points">The points, oldest first.</param>
    public static double LeastUsed(IReadOnlyList<LimitPoint> points)
    {
        var used = 0.0;
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i].Remaining is { } left && RemainingAt(points[i - 1], points[i].ObservedAt) is { } unused)
            {
                used += Math.Max(0.0, (double)unused - left);
            }
        }

        return used;
    }

    /// <summary>Forecasts when a limit runs out.</summary>
    /// <param name="told">What was told last.</param>
    /// <param name="now">The present.</param>
    /// <param name="ofCalls">What the calls used a minute.</param>
    /// <param name="ofLimit">What the limit itself shows that was used a minute.</param>
    /// <param name="window">The time that both were counted over.</param>
    public static LimitForecast Forecast(LimitPoint told, DateTimeOffset now, double ofCalls, double ofLimit, TimeSpan window)
    {
        var use = Math.Max(ofCalls, ofLimit);
        var refill = RefillPerMinute(told);
        var (kind, runsOutAt) = RemainingAt(told, now) is not { } left ? (ForecastKind.Unknown, (DateTimeOffset?)null)
            : use <= 0 ? (ForecastKind.Idle, null)
            : use > refill && left / (use - refill) <= Horizon.TotalMinutes ? (ForecastKind.RunsOut, now + TimeSpan.FromMinutes(left / (use - refill)))
            : (ForecastKind.Lasts, null);
        return new LimitForecast(kind, use, ofCalls, ofLimit, refill, window, runsOutAt);
    }
}
