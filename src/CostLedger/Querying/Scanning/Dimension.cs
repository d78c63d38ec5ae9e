namespace CostLedger.Querying.Scanning;

/// <summary>What one number of a group's key comes from: a small integer column, or the time in the row's key.</summary>
/// <param name="Column">The column, for example <c>c.model</c>; null for time.</param>
/// <param name="Unit">What time is cut into.</param>
internal readonly record struct Dimension(string? Column, TimeUnit Unit = default)
{
    public static Dimension Of(TimeUnit unit) => new(null, unit);
}
