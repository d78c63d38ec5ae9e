using CostLedger.Records;

namespace CostLedger.Querying.Caching.Scans;

/// <summary>A loss with its call. Names are ids in the ledger's tables; 0 is none.</summary>
/// <param name="Id">The call.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Model">Its model.</param>
/// <param name="Session">Its session.</param>
/// <param name="Conversation">Its conversation.</param>
/// <param name="Lost">What was lost, and why.</param>
internal sealed record FoundLoss(CallId Id, Provider Provider, long Model, long Session, long Conversation, CacheBreak Lost)
{
    /// <summary>Orders losses, the worst first: money, then tokens; of equals the older one.</summary>
    public static int CompareWorst(FoundLoss left, FoundLoss right)
    {
        var order = (right.Lost.CostLost ?? NanoUsd.Zero).CompareTo(left.Lost.CostLost ?? NanoUsd.Zero);
        order = order != 0 ? order : right.Lost.TokensLost.CompareTo(left.Lost.TokensLost);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
