using CostLedger.Resilience;

namespace CostLedger.Writing;

/// <summary>What a ledger has done since it was opened. Counts only grow, except <see cref="Waiting"/>.</summary>
public sealed record LedgerStatistics
{
    /// <summary>Records stored in the ledger, replays not included.</summary>
    public required long Written { get; init; }

    /// <summary>Records written to the spool, because the ledger could not be written in time.</summary>
    public required long Spooled { get; init; }

    /// <summary>Records taken from spool files into the ledger, those of earlier processes included.</summary>
    public required long Replayed { get; init; }

    /// <summary>Calls of earlier processes stored as interrupted.</summary>
    public required long Interrupted { get; init; }

    /// <summary>Records that are nowhere: neither the ledger nor the spool took them, or they were damaged in a spool.</summary>
    public required long Lost { get; init; }

    /// <summary>Records in memory now, waiting to be stored.</summary>
    public required long Waiting { get; init; }

    /// <summary>Calls that could not be noted as in flight.</summary>
    public required long Unnoted { get; init; }

    /// <summary>Transactions made.</summary>
    public required long Commits { get; init; }

    /// <summary>The time all transactions took, from their begin to their end.</summary>
    public required TimeSpan CommitTime { get; init; }

    /// <summary>The time the slowest transaction took.</summary>
    public required TimeSpan SlowestCommit { get; init; }

    internal sealed class Counters
    {
        private const int MaxNotices = 32;
        private readonly List<string> _notices = [];
        private long _written;
        private long _spooled;
        private long _replayed;
        private long _interrupted;
        private long _lost;
        private long _commits;
        private long _commitTicks;
        private long _slowestTicks;

        public IReadOnlyList<string> Notices
        {
            get
            {
                lock (_notices)
                {
                    return [.. _notices];
                }
            }
        }

        /// <summary>Keeps what an operator should know; the same line once, the newest lines only.</summary>
        public void Notice(string line)
        {
            lock (_notices)
            {
                if (_notices.Contains(line, StringComparer.Ordinal))
                {
                    return;
                }

                if (_notices.Count >= MaxNotices)
                {
                    _notices.RemoveAt(0);
                }

                _notices.Add(line);
            }
        }

        public void Spooled(long count) => Interlocked.Add(ref _spooled, count);

        public void Took(Recovery recovery)
        {
            Interlocked.Add(ref _replayed, recovery.Replayed);
            Interlocked.Add(ref _interrupted, recovery.Interrupted);
            Lost(recovery.Damaged);
            foreach (var fault in recovery.Faults)
            {
                Notice(fault);
            }
        }

        public void Lost(long count) => Interlocked.Add(ref _lost, count);

        /// <summary>Called by one thread at a time.</summary>
        public void Committed(int records, TimeSpan time)
        {
            Interlocked.Add(ref _written, records);
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _commitTicks, time.Ticks);
            Interlocked.Exchange(ref _slowestTicks, Math.Max(Interlocked.Read(ref _slowestTicks), time.Ticks));
        }

        public LedgerStatistics Read(long waiting, long unnoted) => new()
        {
            Written = Interlocked.Read(ref _written),
            Spooled = Interlocked.Read(ref _spooled),
            Replayed = Interlocked.Read(ref _replayed),
            Interrupted = Interlocked.Read(ref _interrupted),
            Lost = Interlocked.Read(ref _lost),
            Waiting = waiting,
            Unnoted = unnoted,
            Commits = Interlocked.Read(ref _commits),
            CommitTime = TimeSpan.FromTicks(Interlocked.Read(ref _commitTicks)),
            SlowestCommit = TimeSpan.FromTicks(Interlocked.Read(ref _slowestTicks)),
        };
    }
}
