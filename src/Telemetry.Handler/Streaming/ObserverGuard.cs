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
    private bool _left;

    /// <summary>What the caller's next read is to throw; null: nothing.</summary>
    public Exception? Stop => Quietly.Run("observe stop", observer, static o => o.Stop, otherwise: null);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        // A caller may dispose on one thread while a read returns on another; the observer must not see bytes after the end.
        lock (_gate)
        {
            if (_ended || _deaf || _left)
            {
                return;
            }

            _deaf = !Quietly.Run("observe bytes", new Piece(observer, bytes), static piece => piece.Observer.OnBytes(piece.Bytes));
        }
    }

    /// <summary>What was shown as <see cref="Bytes"/> is in the caller's buffer.</summary>
    /// <returns>Whether the stream is to be closed now, since the next read throws.</returns>
    public bool HandOver()
    {
        Quietly.Run("hand over", observer, static o => o.OnHandedOver());
        return Stop is not null;
    }

    /// <summary>The caller asks for bytes and is held until there are some.</summary>
    public void Read()
    {
        lock (_gate)
        {
            if (!_ended && !_deaf && !_left)
            {
                _deaf = !Quietly.Run("observe read", observer, static o => o.OnRead());
            }
        }
    }

    public void Wait()
    {
        lock (_gate)
        {
            if (!_ended && !_deaf)
            {
                _deaf = !Quietly.Run("observe wait", observer, static o => o.OnWait());
            }
        }
    }

    /// <summary>
    /// The caller leaves before the end. From then on only <see cref="Rest"/> is seen, and only <see cref="EndRestAsync"/> ends.
    /// </summary>
    /// <param name="mayRead">Is asked, where the rest is wanted, whether it can be read.</param>
    /// <returns>Whether the rest is wanted and can be read.</returns>
    public bool TryLeave(Func<bool> mayRead)
    {
        lock (_gate)
        {
            return !_ended && !_deaf && !_left
                && (_left = Quietly.Run("leave", (observer, mayRead), static s => Leave(s.observer, s.mayRead), otherwise: false));
        }
    }

    /// <summary>Bytes that are read after the caller left.</summary>
    public void Rest(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_left && !_deaf && !_ended)
            {
                _deaf = !Quietly.Run("observe rest", new Piece(observer, bytes), static piece => piece.Observer.OnRest(piece.Bytes));
            }
        }
    }

    /// <summary>The end of what is read after the caller left: tells the observer how the caller left.</summary>
    public ValueTask EndRestAsync(TransferEnd end, Exception? error)
    {
        lock (_gate)
        {
            if (!_left || _ended)
            {
                return ValueTask.CompletedTask;
            }

            _ended = true;
        }

        return NotifyAsync(end, error);
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

    private static bool Leave(IResponseObserver observer, Func<bool> mayRead)
    {
        if (!observer.WantsRest || !mayRead())
        {
            return false;
        }

        observer.OnLeave();
        return true;
    }

    private async ValueTask NotifyAsync(TransferEnd end, Exception? error) =>
        await Quietly.RunAsync("observe end", (observer, end, error), static s => s.observer.OnEndAsync(s.end, s.error)).ConfigureAwait(false);

    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_ended || _left)
            {
                return false;
            }

            _ended = true;
            return true;
        }
    }

    private readonly ref struct Piece(IResponseObserver observer, ReadOnlySpan<byte> bytes)
    {
        public IResponseObserver Observer { get; } = observer;

        public ReadOnlySpan<byte> Bytes { get; } = bytes;
    }
}
