namespace CostReport.Cli.Tests.Doubles;

/// <summary>A clock on which waiting takes no time: it moves on by what was waited for. After some waits it wishes the end.</summary>
internal sealed class SteppingTime(DateTimeOffset start, int waits, Action<int>? between = null) : TimeProvider, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private DateTimeOffset _now = start;
    private int _waited;

    /// <summary>Whether the end is wished.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>The lengths of the waits.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public void Dispose() => _end.Dispose();

    /// <summary>Moves on, as what takes long would.</summary>
    public void Advance(TimeSpan time) => _now += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Add(dueTime);
            _now += dueTime;
            _waited++;
            between?.Invoke(_waited);
            if (_waited >= waits)
            {
                _end.Cancel();
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
