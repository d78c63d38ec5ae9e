namespace Telemetry.Handler.Observing;

/// <summary>Counts what is read of an answer and measures the silences between chunks.</summary>
internal sealed class TransferWatch(TimeProvider time, long startTimestamp)
{
    private long _lastTimestamp;

    public long Bytes { get; private set; }

    public long Chunks { get; private set; }

    public TimeSpan? LongestGap { get; private set; }

    public TimeSpan? FirstByte { get; private set; }

    /// <summary>Takes note of a chunk.</summary>
    /// <returns>The silence before it.</returns>
    public TimeSpan Note(int byteCount)
    {
        var now = time.GetTimestamp();
        Bytes += byteCount;
        Chunks++;
        var gap = TimeSpan.Zero;
        if (Chunks == 1)
        {
            FirstByte = time.GetElapsedTime(startTimestamp, now);
        }
        else
        {
            gap = time.GetElapsedTime(_lastTimestamp, now);
            LongestGap = LongestGap is { } longest && longest >= gap ? longest : gap;
        }

        _lastTimestamp = now;
        return gap;
    }
}
