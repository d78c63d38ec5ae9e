using System.Runtime.ExceptionServices;
using CostLedger.Querying.Reading;

namespace CostLedger.Querying.Scanning;

/// <summary>Goes through a range of rows with one thread per connection.</summary>
internal static class ParallelScan
{
    private const int MaxThreads = 8;
    private const int SlicesPerThread = 16;

    // Below this, opening more connections costs more than it saves.
    private const long MinRowsPerThread = 40_000;

    /// <summary>How many threads a range is worth.</summary>
    public static int ThreadsFor(long rows) =>
        (int)Math.Clamp(rows / MinRowsPerThread, 1, Math.Min(MaxThreads, Environment.ProcessorCount));

    /// <summary>Goes through a range.</summary>
    /// <param name="connections">Connections that see the same state.</param>
    /// <param name="range">The range.</param>
    /// <param name="scanOf">Makes the scan of one connection.</param>
    /// <returns>What the scan of each connection found.</returns>
    public static TResult[] Run<TResult>(
        IReadOnlyList<LedgerConnection> connections, ScanRange range, Func<LedgerConnection, IRangeScan<TResult>> scanOf)
    {
        if (connections.Count > 1)
        {
            return Share(connections, range, scanOf);
        }

        using var scan = scanOf(connections[0]);
        scan.Run(range.Low, range.High);
        return [scan.Result];
    }

    // Many small slices rather than one each: calls are not spread evenly over time, nor are the processors free evenly.
    private static TResult[] Share<TResult>(
        IReadOnlyList<LedgerConnection> connections, ScanRange range, Func<LedgerConnection, IRangeScan<TResult>> scanOf)
    {
        var bounds = range.Cut(connections.Count * SlicesPerThread);
        var results = new TResult[connections.Count];
        var next = -1;
        try
        {
            Parallel.For(0, connections.Count, i =>
            {
                using var scan = scanOf(connections[i]);
                for (int slice; (slice = Interlocked.Increment(ref next)) < bounds.Length - 1;)
                {
                    scan.Run(bounds[slice], bounds[slice + 1]);
                }

                results[i] = scan.Result;
            });
        }
        catch (AggregateException e) when (e.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return results;
    }
}
