namespace CostReport.Cli.Tests.Doubles;

/// <summary>A clock that moves when it is told to, and fires its timers on the way, each at its time.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers still run.</summary>
    public int Timers => _timers.Count;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    /// <summary>Moves on.</summary>
    public void Advance(TimeSpan time)
    {
        var until = _now + time;
        while (_timers.Where(t => t.Next <= until).MinBy(t => t.Next) is { } due)
        {
            _now = due.Next;
            due.Fire();
        }

        _now = until;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), period) { Next = _now + dueTime };
        _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(ManualTime time, Action callback, TimeSpan period) : ITimer
    {
        public DateTimeOffset Next { get; set; }

        public void Fire()
        {
            Next += period;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod) => throw new NotSupportedException();

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
