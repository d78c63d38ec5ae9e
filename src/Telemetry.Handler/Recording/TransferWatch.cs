namespace Telemetry.Handler.Recording;

/// <summary>Counts what is read of an answer, and measures the silences between chunks and how far the caller is behind.</summary>
internal sealed class TransferWatch(TimeProvider time, long startTimestamp)
{
    private long? _readTimestamp;
    private long? _waitTimestamp;
    private long? _progressTimestamp;

    public long Bytes { get; private set; }

    public long Chunks { get; private set; }

    /// <summary>When the last chunk came.</summary>
    public long LastTimestamp { get; private set; }

    /// <summary>The longest time between two chunks, with what the caller did meanwhile.</summary>
    public TimeSpan? LongestGap { get; private set; }

    /// <summary>For how long the caller waited for the last chunk while nothing came; nothing before the first.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>
    /// Since when, counted from the start, the caller waits and nothing comes; null before the first chunk, and while nobody reads.
    /// </summary>
    public TimeSpan? SilentSince => Chunks > 0 && _readTimestamp is { } read
        ? time.GetElapsedTime(startTimestamp, Math.Max(LastTimestamp, read))
        : null;

    public TimeSpan? FirstByte { get; private set; }

    /// <summary>
    /// For how long the server may have been writing what nobody has seen: since the caller last waited, and so had read all
    /// that was there, or since something of the answer came, if that is longer ago. A server that keeps a tool's input
    /// until it is whole sends nothing but pings meanwhile.
    /// </summary>
    public TimeSpan Behind => time.GetElapsedTime(Math.Min(_waitTimestamp ?? startTimestamp, _progressTimestamp ?? startTimestamp));

    /// <summary>Takes note of a chunk.</summary>
    /// <returns>The time since the chunk before it.</returns>
    public TimeSpan Note(int byteCount)
    {
        var now = time.GetTimestamp();
        Bytes += byteCount;
        Chunks++;
        var gap = TimeSpan.Zero;
        Silence = TimeSpan.Zero;
        if (Chunks == 1)
        {
            FirstByte = time.GetElapsedTime(startTimestamp, now);
        }
        else
        {
            gap = time.GetElapsedTime(LastTimestamp, now);
            Silence = _readTimestamp is { } read ? time.GetElapsedTime(Math.Max(LastTimestamp, read), now) : TimeSpan.Zero;
            LongestGap = LongestGap is { } longest && longest >= gap ? longest : gap;
        }

        LastTimestamp = now;
        _readTimestamp = null;
        return gap;
    }

    /// <summary>The last chunk had a part of the answer in it.</summary>
    public void NoteProgress() => _progressTimestamp = LastTimestamp;

    /// <summary>The caller asks for the next chunk, and may have to wait. A read of no bytes, which only waits, begins what the read after it ends.</summary>
    public void NoteRead() => _readTimestamp ??= time.GetTimestamp();

    /// <summary>The caller waits for the next chunk.</summary>
    public void NoteWait() => _waitTimestamp = _readTimestamp ??= time.GetTimestamp();
}
