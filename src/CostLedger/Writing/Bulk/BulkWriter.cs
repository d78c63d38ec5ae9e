using CostLedger.Records;

namespace CostLedger.Writing.Bulk;

/// <summary>
/// Sends records in groups to the one thread that stores them. Few are on their way at a time: who hands in faster than the ledger
/// stores waits for it, within the bound; where the ledger makes that too long, groups go to the spool for a while.
/// </summary>
internal sealed class BulkWriter : IBulkWriter
{
    /// <summary>The records of a group.</summary>
    public const int GroupSize = 128;

    /// <summary>The most records on their way: two transactions, of which one is being made. Even a slow ledger stores them within the
    /// time after which records go to the spool.</summary>
    public const int MostOnTheWay = 8 * GroupSize;

    private static readonly TimeSpan SpoolFor = TimeSpan.FromSeconds(1);

    private readonly LedgerWriter _writer;
    private readonly TimeSpan _bound;
    private readonly bool _inBackground;
    private readonly BulkTally _tally;
    private readonly Action<WriteOutcome> _arrived;
    private readonly List<CallRecord> _group = new(GroupSize);
    private bool _isStuck;

    /// <param name="writer">The ledger's writer.</param>
    /// <param name="bound">The longest wait.</param>
    /// <param name="inBackground">Whether nobody waits at all.</param>
    /// <param name="clock">The clock.</param>
    public BulkWriter(LedgerWriter writer, TimeSpan bound, bool inBackground, TimeProvider clock)
    {
        _writer = writer;
        _bound = bound;
        _inBackground = inBackground;
        _tally = new BulkTally(clock);
        _arrived = _tally.Arrived;
    }

    /// <inheritdoc/>
    public void Add(CallRecord record)
    {
        _group.Add(record);
        if (_group.Count == GroupSize)
        {
            Send();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome> CompleteAsync()
    {
        Send();
        return _inBackground ? _tally.TakeWorst(isComplete: false)
            : _tally.TakeWorst(await _tally.WaitUntilEmptyAsync(_bound).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public WriteOutcome Complete()
    {
        Send();
        return _tally.TakeWorst(!_inBackground && _tally.WaitUntil(0, _bound));
    }

    private void Send()
    {
        if (_group.Count == 0)
        {
            return;
        }

        if (_tally.SinceSpooled < SpoolFor)
        {
            _tally.Note(_writer.SpoolDirectly(_group));
        }
        else
        {
            WaitForRoom();
            _tally.Sent(_group.Count);
            _writer.Send(_group, _arrived);
        }

        _group.Clear();
    }

    // Where neither the ledger nor the spool takes anything, one wait shows it; more of them would only keep the caller.
    private void WaitForRoom() =>
        _isStuck = !_inBackground && !_tally.WaitUntil(MostOnTheWay - GroupSize, _isStuck ? TimeSpan.Zero : _bound);
}
