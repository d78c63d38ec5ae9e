namespace Telemetry.Handler.Recording;

/// <summary>Counts what is read of an answer, and measures the silences between chunks and how far the caller is behind.</summary>
internal sealed class TransferWatch(TimeProvider time, long startTimestamp)
{
    private long? _waitTimestamp;
    private long? _progressTimestamp;

    public long Bytes { get; private set; }

    public long Chunks { get; private set; }

    /// <summary>When the last chunk came.</summary>
    public long LastTimestamp { get; private set; }

    public TimeSpan? LongestGap { get; private set; }

    public TimeSpan? FirstByte { get; private set; }

    /// <summary>
    /// For how long the server may have been writing what nobody has seen: since the caller last waited, and so had read all
    /// that was there, or since something of the answer came, if that is longer ago. A server that keeps a tool's input
    /// until it is whole sends nothing but pings meanwhile.
    /// </summary>
    public TimeSpan Behind => time.GetElapsedTime(Math.Min(_waitTimestamp ?? startTimestamp, _progressTimestamp ?? startTimestamp));

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
            gap = time.GetElapsedTime(LastTimestamp, now);
            LongestGap = LongestGap is { } longest && longest >= gap ? longest : gap;
        }

        LastTimestamp = now;
        return gap;
    }

    /// <summary>The last chunk had a part of the answer in it.</summary>
    public void NoteProgress() => _progressTimestamp = LastTimestamp;

    /// <summary>The caller waits for the next chunk.</summary>
    public void NoteWait() => _waitTimestamp = time.GetTimestamp();
}
