using CostLedger.Retention;

namespace CostReport.Cli.Sources;

/// <summary>Takes old calls out of a ledger.</summary>
internal interface IRetention
{
    /// <summary>Deletes what is older, or only counts it.</summary>
    /// <param name="ledger">The ledger's file; null for the default one.</param>
    /// <param name="before">The first time that stays.</param>
    /// <param name="dryRun">Whether to delete nothing.</param>
    /// <param name="progress">Is told how many calls were deleted so far.</param>
    PruneResult Prune(string? ledger, DateTimeOffset before, bool dryRun, IProgress<long> progress);
}
