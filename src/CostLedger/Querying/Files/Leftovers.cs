using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Storage;

namespace CostLedger.Querying.Files;

/// <summary>Takes in what ended processes left beside a ledger, before it is read.</summary>
internal static class Leftovers
{
    /// <summary>
    /// Takes in spools and in-flight notes whose owners have ended. Where the ledger cannot be written, it is read without
    /// them; the health check names the files.
    /// </summary>
    /// <param name="path">The ledger's file, which can be read.</param>
    public static void TakeIn(string path)
    {
        path = Path.GetFullPath(path);
        if (!HasAny(path))
        {
            return;
        }

        try
        {
            using var store = new LiveStore(path, survivePowerLoss: false, TimeProvider.System, static _ => { });
            store.Open(static opened => new Recovery(opened, PriceOf).TakeInAll());
        }
        catch (LedgerException)
        {
            // Read-only, or locked for long: what is committed can still be told.
        }
    }

    private static CallCost PriceOf(CallRecord record) => PriceBook.Default.Price(PricingRequest.From(record)).Cost;

    private static bool HasAny(string path) =>
        LedgerPaths.Beside(path, LedgerPaths.SpoolMark).Any(IsAbandoned) || LedgerPaths.Beside(path, LedgerPaths.InFlightMark).Any(IsAbandoned);

    // A living owner holds its file locked.
    private static bool IsAbandoned(string file)
    {
        try
        {
            using var stream = LedgerPaths.OpenPrivate(file, FileMode.Open);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
