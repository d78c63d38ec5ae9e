using CostReport.Cli.World;

namespace CostReport.Cli.Live;

/// <summary>
/// A value made from the ledger, and made anew when the ledger has changed or the clock has moved on. What takes long to make
/// is made seldom: at most a tenth of one processor goes into it, however busy the ledger is.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="make">Makes the value.</param>
/// <param name="stamp">Looks whether the ledger has changed.</param>
/// <param name="time">The clock.</param>
internal sealed class Fresh<T>(Func<T> make, Func<LedgerStamp> stamp, TimeProvider time)
{
    private const int Rest = 9;

    /// <summary>How old a value may become where nothing changes: periods and "today" move with the clock.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private LedgerStamp _stamp;
    private long _made;
    private TimeSpan _took;
    private (long Version, T Value)? _value;

    /// <summary>How old a value may become that is not to last, such as the reason why there is none; null for those that last.</summary>
    public Func<T, TimeSpan?> Passing { get; init; } = _ => null;

    /// <summary>The value, and a number that is another one for each that was made, also after a restart.</summary>
    public (long Version, T Value) Get()
    {
        lock (_lock)
        {
            var now = stamp();
            return _value is { } value && !IsDue(value.Value, now) ? value : Make(now);
        }
    }

    private bool IsDue(T value, LedgerStamp now)
    {
        var age = time.GetElapsedTime(_made);
        return age >= (Passing(value) ?? s_oldest) || (now != _stamp && age >= _took * Rest);
    }

    private (long Version, T Value) Make(LedgerStamp now)
    {
        var start = time.GetTimestamp();
        var made = make();
        var version = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), (_value?.Version ?? 0) + 1);
        (_stamp, _made, _took, _value) = (now, time.GetTimestamp(), time.GetElapsedTime(start), (version, made));
        return (version, made);
    }
}
