using CostLedger.Records;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Metrics;

namespace Telemetry.Handler.Draining;

/// <summary>Reads in the background what callers left unread, within limits. Never throws, and nobody waits for it.</summary>
internal sealed class Drainer(DrainLimits limits, TimeProvider time, LedgerMetrics metrics)
{
    private const string Place = "drain";
    private const int PieceBytes = 16 * 1024;

    private int _running;

    /// <summary>Whether answers of a provider are read on.</summary>
    public bool Wants(Provider provider) => limits.AllProviders || provider == Provider.Bedrock;

    /// <summary>Takes a place among those that run at the same time; what has one must be <see cref="Start">started</see>.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _running) <= limits.MaxConcurrent)
        {
            return true;
        }

        Interlocked.Decrement(ref _running);
        Tell(DrainEnd.Refused, 0);
        return false;
    }

    /// <summary>Reads a body to its end, elsewhere: the caller's thread and context are not used.</summary>
    public void Start(AbandonedBody body) =>
        ThreadPool.UnsafeQueueUserWorkItem(static s => _ = s.drainer.RunAsync(s.body), (drainer: this, body), preferLocal: false);

    private async Task RunAsync(AbandonedBody body)
    {
        var (end, bytes) = await Quietly.RunAsync(
            Place, (drainer: this, body), static s => s.drainer.ReadAsync(s.body), otherwise: (DrainEnd.Failed, 0L)).ConfigureAwait(false);
        await Quietly.RunAsync(Place, body, static b => b.CloseAsync()).ConfigureAwait(false);
        Interlocked.Decrement(ref _running);
        Tell(end, bytes);
    }

    private async ValueTask<(DrainEnd End, long Bytes)> ReadAsync(AbandonedBody body)
    {
        // Not a pooled buffer: a stream that ignores its token may write into it after the time is up.
        var buffer = new byte[PieceBytes];
        var bytes = 0L;
        using var timeUp = new CancellationTokenSource(limits.MaxTime, time);
        try
        {
            while (bytes < limits.MaxBytes)
            {
                var piece = await body.ReadAsync(buffer, timeUp.Token).ConfigureAwait(false);
                if (piece.IsEmpty)
                {
                    return (DrainEnd.Complete, bytes);
                }

                bytes += piece.Length;
                body.Guard.Rest(piece.Span);
            }

            return (DrainEnd.Limit, bytes);
        }
        catch (OperationCanceledException) when (timeUp.IsCancellationRequested)
        {
            return (DrainEnd.Limit, bytes);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or ObjectDisposedException)
        {
            // The connection broke, or the client was disposed of: what was read until then is known.
            return (DrainEnd.Failed, bytes);
        }
    }

    private void Tell(DrainEnd end, long bytes)
    {
        metrics.Drained(Name(end), bytes);
        if (end is not DrainEnd.Complete && HandlerEventSource.Log.IsEnabled())
        {
            HandlerEventSource.Log.AnswerNotDrained(Name(end), bytes);
        }
    }

    private static string Name(DrainEnd end) => end switch
    {
        DrainEnd.Complete => "complete",
        DrainEnd.Limit => "limit",
        DrainEnd.Failed => "failed",
        _ => "refused",
    };
}
