using CostLedger;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.World;

namespace CostReport.Cli.Live;

/// <summary>
/// The look at the ledger before a command goes on and on. What is wrong with it from the start is no matter of waiting; that it is not
/// there yet is one.
/// </summary>
internal static class FirstLook
{
    /// <summary>Opens the ledger once. Where there is none yet, that is said on standard error.</summary>
    /// <exception cref="UserError">The ledger cannot be opened.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static void Take(Invocation invocation, Surroundings surroundings)
    {
        try
        {
            LedgerOpener.Open(invocation, surroundings).Dispose();
        }
        catch (LedgerException) when (surroundings.Stamp(invocation.Ledger) == default && !Directory.Exists(invocation.Ledger))
        {
            surroundings.Errors.Write($"costreport: waiting for the ledger '{SafeText.Short(invocation.Ledger ?? SqliteLedger.DefaultPath)}': the first traced call makes it\n");
            surroundings.Errors.Flush();
        }
    }
}
