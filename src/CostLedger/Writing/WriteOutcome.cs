namespace CostLedger.Writing;

/// <summary>Where a record is after writing.</summary>
public enum WriteOutcome
{
    /// <summary>In the ledger.</summary>
    Committed,

    /// <summary>In the spool file beside the ledger; it will be replayed.</summary>
    Spooled,

    /// <summary>Nowhere: neither the ledger nor the spool could be written, and there is no room to keep it in memory. Counted.</summary>
    Lost,

    /// <summary>In memory, waiting to be written: the caller asked not to wait, or neither the ledger nor the spool could be written in
    /// time. It is written as soon as one of them can be; should the process die before that, the call is shown as interrupted.</summary>
    Queued,
}
