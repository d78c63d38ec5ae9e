using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Rows;
using CostLedger.Storage;

namespace CostLedger.Retention;

/// <summary>Deletes what is old in short transactions, so that everybody else who writes gets in between.</summary>
/// <param name="store">The ledger.</param>
/// <param name="progress">Is told how many attempts were deleted so far; null: nobody is.</param>
internal sealed class Pruner(LiveStore store, IProgress<long>? progress) : IDisposable
{
    // A few milliseconds each.
    private const int CallsPerTransaction = 200;
    private const int PointsPerTransaction = 2_000;
    private const long MsPerMinute = 60_000;
    private const int BusyAttempts = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly ManualResetEventSlim _never = new();

    /// <summary>Deletes all that is older. What was deleted before a fault or the end stays deleted.</summary>
    /// <exception cref="LedgerException">The ledger cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The ledger was closed meanwhile.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public PruneResult Prune(DateTimeOffset before, CancellationToken cancellation)
    {
        var bound = CallId.FirstAt(before);
        var (calls, nodes) = PruneCalls(bound, cancellation);
        return new PruneResult(calls, PruneLimits(MinuteOf(before), cancellation), nodes);
    }

    /// <summary>A time in the unit of the points of rate limits: Unix minutes.</summary>
    public static long MinuteOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / MsPerMinute;

    /// <inheritdoc/>
    public void Dispose() => _never.Dispose();

    private (long Calls, long Nodes) PruneCalls(CallId bound, CancellationToken cancellation)
    {
        var (calls, nodes) = (0L, 0L);
        (long Calls, long Nodes) some = default;
        do
        {
            Transact(pruner => some = pruner.PruneCalls(bound, CallsPerTransaction), cancellation);
            (calls, nodes) = (calls + some.Calls, nodes + some.Nodes);
            progress?.Report(calls);
        }
        while (some.Calls > 0);

        return (calls, nodes);
    }

    private long PruneLimits(long bound, CancellationToken cancellation)
    {
        var (points, series) = (0L, 0L);
        while (true)
        {
            (long Points, long Series)? some = null;
            Transact(pruner => some = pruner.PruneLimits(bound, series, PointsPerTransaction), cancellation);
            if (some is not { } pruned)
            {
                return points;
            }

            (points, series) = (points + pruned.Points, pruned.Series);
        }
    }

    private void Transact(Action<CallPruner> prune, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < BusyAttempts; attempt++)
        {
            var (isOpen, isDone) = (false, false);
            var advice = store.Use(opened =>
            {
                isOpen = true;
                if (opened.TryBegin())
                {
                    opened.Prune(prune);
                    opened.Commit();
                    isDone = true;
                }
            });
            if (advice is LiveStore.Advice.RetryLater or LiveStore.Advice.Refused)
            {
                throw new LedgerException("The ledger could not be pruned; 'costreport doctor' tells what is wrong with it.");
            }

            ObjectDisposedException.ThrowIf(!isOpen && advice is null, store);
            store.Maintain();
            _never.Wait(Pause, cancellation);
            if (isDone)
            {
                return;
            }
        }

        throw new LedgerException("The ledger is locked by another program; end that program's transaction and prune again.");
    }
}
