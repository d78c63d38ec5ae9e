namespace Telemetry.Handler.Streaming;

/// <summary>
/// Stands between a response and its observer: bytes only before the end, the end exactly once, and no exception of the
/// observer on the caller's path. Content and stream share one, because either may be the one that is disposed.
/// </summary>
internal sealed class ObserverGuard(IResponseObserver observer)
{
    private readonly Lock _gate = new();
    private bool _ended;
    private bool _deaf;

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        // A caller may dispose on one thread while a read returns on another; the observer must not see bytes after the end.
        lock (_gate)
        {
            if (_ended || _deaf)
            {
                return;
            }

            try
            {
                observer.OnBytes(bytes);
            }
#pragma warning disable CA1031 // The boundary: a fault in observing must not disturb the caller's read.
            catch (Exception)
#pragma warning restore CA1031
            {
                _deaf = true;
            }
        }
    }

    public void End(TransferEnd end, Exception? error)
    {
        if (!TryEnd())
        {
            return;
        }

        try
        {
            observer.OnEnd(end, error);
        }
#pragma warning disable CA1031 // The boundary: a fault in observing must not disturb the caller's read.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Observers report their own failures; there is nobody else to tell here.
        }
    }

    public ValueTask EndAsync(TransferEnd end, Exception? error) => TryEnd() ? NotifyAsync(end, error) : ValueTask.CompletedTask;

    /// <summary>Where a read failed: what kind of end that is.</summary>
    /// <returns>Null where nothing ended: the inner stream does not know this way of reading, and another may still work.</returns>
    public static TransferEnd? EndOf(Exception error) => error switch
    {
        NotSupportedException or NotImplementedException => null,
        OperationCanceledException => TransferEnd.Canceled,
        _ => TransferEnd.Faulted,
    };

    private async ValueTask NotifyAsync(TransferEnd end, Exception? error)
    {
        try
        {
            await observer.OnEndAsync(end, error).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary: a fault in observing must not disturb the caller's read.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Observers report their own failures; there is nobody else to tell here.
        }
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            var first = !_ended;
            _ended = true;
            return first;
        }
    }
}
