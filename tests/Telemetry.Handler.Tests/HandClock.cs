namespace Telemetry.Handler.Tests;

/// <summary>A clock that stands until a test lets time pass; whoever looks at it, from whichever thread, moves nothing.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _now = 1_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);
}
