using CostLedger;

namespace Testing;

/// <summary>
/// Ledgers for tests that are not about the bound on a caller's wait: where the disk of a busy machine is slow, they wait for the
/// commit rather than find the record in the spool.
/// </summary>
public static class PatientLedger
{
    /// <summary>Opens a ledger.</summary>
    public static SqliteLedger Open(string path) => SqliteLedger.Open(path, new SqliteLedgerOptions { MaxCallerWait = TimeSpan.FromMinutes(1) });
}
