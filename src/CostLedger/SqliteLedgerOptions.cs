using CostLedger.Records;

namespace CostLedger;

/// <summary>How a ledger is written. Read once, when the ledger is opened.</summary>
public sealed class SqliteLedgerOptions
{
    /// <summary>The longest a caller waits for its record to be durable. When the ledger takes four fifths of it, the record goes to the
    /// spool instead, from where it is replayed; a caller that even the spool keeps waiting is let go with <see cref="Writing.WriteOutcome.Queued"/>.</summary>
    /// <value>250 milliseconds.</value>
    public TimeSpan MaxCallerWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether callers do not wait at all. A crash may then lose the records of the last moments; their calls are shown as interrupted.</summary>
    /// <value>False.</value>
    public bool WriteInBackground { get; set; }

    /// <summary>Whether commits also survive a power failure (<c>synchronous=FULL</c>); they always survive the death of the process.</summary>
    /// <value>False.</value>
    public bool SurvivePowerLoss { get; set; }

    /// <summary>The most records that wait in memory; further ones go to the spool at once.</summary>
    /// <value>65,536.</value>
    public int QueueCapacity { get; set; } = 65_536;

    /// <summary>The most calls in flight that are noted, so that they show as interrupted should the process die; further ones are not noted.</summary>
    /// <value>4,096.</value>
    public int MaxCallsInFlight { get; set; } = 4_096;

    /// <summary>How long closing waits for records that are not stored yet; what is left then goes to the spool, for which closing takes
    /// a few seconds more at the most.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Prices a call that an earlier process left behind; null: at the list that ships with this version.</summary>
    internal Func<CallRecord, CallCost>? PriceInterrupted { get; set; }
}
