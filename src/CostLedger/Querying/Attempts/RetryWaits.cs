namespace CostLedger.Querying.Attempts;

/// <summary>How the waits that answers asked for (<c>retry-after</c>) were kept.</summary>
/// <param name="Asked">Attempts that asked for a wait and were followed by another.</param>
/// <param name="Early">How many of those began before the wait was over.</param>
/// <param name="EarlyBy">By how much, added up.</param>
/// <param name="MostEarlyBy">By how much at most.</param>
public readonly record struct RetryWaits(long Asked, long Early, TimeSpan EarlyBy, TimeSpan MostEarlyBy)
{
    /// <summary>How many began when the wait was over, or later.</summary>
    public long Honored => Asked - Early;
}
