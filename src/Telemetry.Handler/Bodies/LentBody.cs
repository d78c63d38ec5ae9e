namespace Telemetry.Handler.Bodies;

/// <summary>A body that is read for longer than its call observes it. Its buffer goes back to the pool when it is disposed of.</summary>
internal sealed class LentBody(BodyCapture owner, byte[] buffer, int length) : IDisposable
{
    private int _isReturned;

    /// <summary>The bytes; not to be used after disposal.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0)
        {
            owner.TakeBack(buffer);
        }
    }
}
