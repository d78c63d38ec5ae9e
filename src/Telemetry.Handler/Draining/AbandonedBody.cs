using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Draining;

/// <summary>What a caller left of a response, and how it left.</summary>
internal sealed class AbandonedBody(HttpContent content, Stream? stream, CancellationTokenSource reading, ObserverGuard guard)
{
    private Stream? _stream = stream;

    /// <summary>A read that the caller began and did not wait for; its bytes go to <see cref="PendingBuffer"/>.</summary>
    public Task<int>? Pending { get; set; }

    public ReadOnlyMemory<byte> PendingBuffer { get; init; }

    public required TransferEnd End { get; init; }

    public Exception? Error { get; init; }

    public ObserverGuard Guard => guard;

    /// <summary>Reads on.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="cancellationToken">Ends it, also where the stream does not heed it.</param>
    /// <returns>What was read; empty at the end.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (Pending is { } pending)
        {
            var first = await pending.WaitAsync(cancellationToken).ConfigureAwait(false);
            Pending = null;
            if (!PendingBuffer.IsEmpty)
            {
                return PendingBuffer[..first];
            }
        }

        _stream ??= await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var read = await _stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return buffer[..read];
    }

    /// <summary>Lets go of the response, and tells how its caller left.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            await CloseResponseAsync().ConfigureAwait(false);
        }
        finally
        {
            await guard.EndRestAsync(End, Error).ConfigureAwait(false);
        }
    }

    private async ValueTask CloseResponseAsync()
    {
        if (Pending is { } pending)
        {
            // It holds the stream until it ends, and nobody else would see how.
            await reading.CancelAsync().ConfigureAwait(false);
            _ = pending.ContinueWith(static p => _ = p.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        try
        {
            if (_stream is not null)
            {
                await _stream.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            content.Dispose();
            reading.Dispose();
        }
    }
}
