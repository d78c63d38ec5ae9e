namespace CostReport.Cli.Arguments;

/// <summary>What the program's exit status says. The numbers are promised to scripts and never change.</summary>
internal enum ExitCode
{
    /// <summary>Fine.</summary>
    Fine = 0,

    /// <summary>The answer is 'no': a call without a price, a failed check.</summary>
    No = 1,

    /// <summary>Wrong usage.</summary>
    WrongUsage = 2,

    /// <summary>The ledger cannot be read.</summary>
    NoLedger = 3,

    /// <summary>A fault of this program.</summary>
    Fault = 4,
}
