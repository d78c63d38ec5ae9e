namespace Telemetry.Handler.Tests.Messages;

/// <summary>A clock that moves only when told, and counts how often it is asked.</summary>
internal sealed class StoppedTime : TimeProvider
{
    public long Ticks { get; set; }

    public int Asked { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Asked++;
        return Ticks;
    }
}
