using System.Runtime.ExceptionServices;
using CostLedger.Querying.Reading;

namespace CostLedger.Querying.Summing;

/// <summary>Sums a range of rows with one thread per connection.</summary>
internal static class ParallelScan
{
    private const int MaxThreads = 8;
    private const int SlicesPerThread = 16;

    // Below this, opening more connections costs more than it saves.
    private const long MinRowsPerThread = 100_000;

    /// <summary>How many threads a range is worth.</summary>
    public static int ThreadsFor(long rows) =>
        (int)Math.Clamp(rows / MinRowsPerThread, 1, Math.Min(MaxThreads, Environment.ProcessorCount));

    /// <summary>Sums a range.</summary>
    /// <param name="connections">Connections that see the same state.</param>
    /// <param name="range">The range.</param>
    /// <param name="scanOf">Makes the scan of one connection.</param>
    public static SumTable Run(
        IReadOnlyList<LedgerConnection> connections, ScanRange range, Func<LedgerConnection, UsageScan> scanOf)
    {
        if (connections.Count == 1)
        {
            using var scan = scanOf(connections[0]);
            scan.Run(range.Low, range.High);
            return scan.Sums;
        }

        var all = new SumTable();
        foreach (var table in Share(connections, range, scanOf))
        {
            all.Add(table);
        }

        return all;
    }

    // Many small slices rather than one each: calls are not spread evenly over time, nor are the processors free evenly.
    private static SumTable[] Share(
        IReadOnlyList<LedgerConnection> connections, ScanRange range, Func<LedgerConnection, UsageScan> scanOf)
    {
        var bounds = range.Cut(connections.Count * SlicesPerThread);
        var tables = new SumTable[connections.Count];
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

                tables[i] = scan.Sums;
            });
        }
        catch (AggregateException e) when (e.InnerException is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return tables;
    }
}
