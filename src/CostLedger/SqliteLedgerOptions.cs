namespace CostLedger;

/// <summary>How a ledger is written.</summary>
public sealed class SqliteLedgerOptions
{
    /// <summary>The longest a caller waits for a commit before its record goes to the spool instead.</summary>
    /// <value>250 milliseconds.</value>
    public TimeSpan MaxCallerWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether commits also survive a power failure (<c>synchronous=FULL</c>); they always survive the death of the process.</summary>
    /// <value>False.</value>
    public bool SurvivePowerLoss { get; set; }

    /// <summary>The clock.</summary>
    /// <value>The system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
