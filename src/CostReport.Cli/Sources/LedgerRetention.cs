using CostLedger;
using CostLedger.Querying;
using CostLedger.Retention;

namespace CostReport.Cli.Sources;

/// <summary>Prunes ledger files.</summary>
internal sealed class LedgerRetention : IRetention
{
    /// <inheritdoc/>
    public PruneResult Prune(string? ledger, DateTimeOffset before, bool dryRun, IProgress<long> progress)
    {
        var path = ledger ?? SqliteLedger.DefaultPath;

        // Read first: a ledger that is not there must not be made by pruning it.
        using (var reader = LedgerReader.Open(path))
        {
            var counted = reader.CountBefore(before);
            if (dryRun || counted is { Calls: 0, LimitPoints: 0 })
            {
                return counted;
            }
        }

        // A command has no context to return to, so nothing can wait for itself.
        return PruneAsync(path, before, progress).GetAwaiter().GetResult();
    }

    private static async Task<PruneResult> PruneAsync(string path, DateTimeOffset before, IProgress<long> progress)
    {
        var ledger = SqliteLedger.Open(path);
        await using (ledger.ConfigureAwait(false))
        {
            return await ledger.PruneAsync(before, progress).ConfigureAwait(false);
        }
    }
}
