namespace CostLedger.Writing;

/// <summary>Where a record is after writing.</summary>
public enum WriteOutcome
{
    /// <summary>In the ledger.</summary>
    Committed,

    /// <summary>In the spool file beside the ledger; it will be replayed.</summary>
    Spooled,

    /// <summary>Nowhere: neither the ledger nor the spool could be written. Counted.</summary>
    Lost,
}
