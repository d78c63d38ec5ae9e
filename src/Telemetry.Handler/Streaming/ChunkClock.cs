namespace Telemetry.Handler.Streaming;

/// <summary>The time at which the chunk in hand arrived: asked at most once for a chunk, and only where something needs it.</summary>
internal sealed class ChunkClock(TimeProvider time, long startTimestamp)
{
    private long _now;
    private bool _isKnown;

    public long Now
    {
        get
        {
            if (!_isKnown)
            {
                _now = time.GetTimestamp();
                _isKnown = true;
            }

            return _now;
        }
    }

    /// <summary>How long after the start of the attempt the chunk arrived.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(startTimestamp, Now);

    /// <summary>A new chunk is in hand.</summary>
    public void NextChunk() => _isKnown = false;
}
