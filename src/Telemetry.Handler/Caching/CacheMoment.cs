namespace Telemetry.Handler.Caching;

/// <summary>
/// A moment by two clocks: one that nobody sets, which tells ages, and the calendar's, which goes on while a machine sleeps and
/// which other processes share.
/// </summary>
/// <param name="Ticks">The steady clock, in units of 100 ns.</param>
/// <param name="UtcTicks">The calendar's clock, in units of 100 ns.</param>
internal readonly record struct CacheMoment(long Ticks, long UtcTicks)
{
    /// <summary>Now.</summary>
    public static CacheMoment Now(TimeProvider time) => new(time.GetElapsedTime(0, time.GetTimestamp()).Ticks, time.GetUtcNow().UtcTicks);

    /// <summary>A moment of the past of which only the calendar's time is known, for example of a ledger's row.</summary>
    /// <param name="at">The time.</param>
    /// <param name="now">Now.</param>
    public static CacheMoment Of(DateTimeOffset at, CacheMoment now) => new(now.Ticks - (now.UtcTicks - at.UtcTicks), at.UtcTicks);

    /// <summary>The age of something by the steady clock; never negative.</summary>
    public TimeSpan AgeOf(CacheMoment earlier) => new(Math.Max(0, Ticks - earlier.Ticks));

    /// <summary>The greater of the ages by the two clocks: it may be wrong where the calendar's clock was set.</summary>
    public TimeSpan LongestAgeOf(CacheMoment earlier) => new(Math.Max(0, Math.Max(Ticks - earlier.Ticks, UtcTicks - earlier.UtcTicks)));

    /// <summary>The later of two by the steady clock.</summary>
    public static CacheMoment Later(CacheMoment one, CacheMoment other) => other.Ticks > one.Ticks ? other : one;
}
