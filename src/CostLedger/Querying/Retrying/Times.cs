namespace CostLedger.Querying.Retrying;

/// <summary>Sums of times: a ledger may hold absurd ones, and a report must not fail over them.</summary>
internal static class Times
{
    /// <summary>The sum; the longest time there is where it would be longer.</summary>
    public static TimeSpan Sum(TimeSpan left, TimeSpan right)
    {
        var sum = unchecked(left.Ticks + right.Ticks);
        return ((left.Ticks ^ sum) & (right.Ticks ^ sum)) >= 0 ? new TimeSpan(sum) : left > TimeSpan.Zero ? TimeSpan.MaxValue : TimeSpan.MinValue;
    }
}
