using Telemetry.Handler.Diagnostics;

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

            _deaf = !Quietly.Run("observe bytes", new Piece(observer, bytes), static piece => piece.Observer.OnBytes(piece.Bytes));
        }
    }

    public void End(TransferEnd end, Exception? error)
    {
        if (TryEnd())
        {
            Quietly.Run("observe end", (observer, end, error), static s => s.observer.OnEnd(s.end, s.error));
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

    private async ValueTask NotifyAsync(TransferEnd end, Exception? error) =>
        await Quietly.RunAsync("observe end", (observer, end, error), static s => s.observer.OnEndAsync(s.end, s.error)).ConfigureAwait(false);

    private bool TryEnd()
    {
        lock (_gate)
        {
            var first = !_ended;
            _ended = true;
            return first;
        }
    }

    private readonly ref struct Piece(IResponseObserver observer, ReadOnlySpan<byte> bytes)
    {
        public IResponseObserver Observer { get; } = observer;

        public ReadOnlySpan<byte> Bytes { get; } = bytes;
    }
}
