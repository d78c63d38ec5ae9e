namespace CostLedger.Querying.Limits;

/// <summary>What responses told of a limit within some minutes.</summary>
/// <param name="Start">The first of the minutes.</param>
/// <param name="Limit">The limit itself, as the last response told it; null when none did.</param>
/// <param name="Lowest">The least that was left; null when none said.</param>
/// <param name="LowestAt">The minute in which that was.</param>
/// <param name="Remaining">What the last response said is left.</param>
/// <param name="ObservedAt">When that response came.</param>
/// <param name="ResetsAt">When it said that the limit is full again; null when it did not say.</param>
public sealed record LimitPoint(
    DateTimeOffset Start,
    long? Limit,
    long? Lowest,
    DateTimeOffset LowestAt,
    long? Remaining,
    DateTimeOffset ObservedAt,
    DateTimeOffset? ResetsAt)
{
    /// <summary>The part of the limit that was left at the lowest, 0 to 1; null when it is not known.</summary>
    public double? LowestShare => ShareOf(Lowest, Limit);

    // Of a limit of zero nothing is left.
    internal static double? ShareOf(long? left, long? limit) => (left, limit) switch
    {
        (_, 0) => 0,
        ({ } some, > 0) => Math.Clamp((double)some / limit.Value, 0, 1),
        _ => null,
    };

    /// <summary>This and a later point as one.</summary>
    internal LimitPoint Then(LimitPoint later)
    {
        var isLower = Lowest is null || later.Lowest < Lowest;
        return new LimitPoint(
            Start,
            later.Limit ?? Limit,
            isLower ? later.Lowest : Lowest,
            isLower ? later.LowestAt : LowestAt,
            later.Remaining ?? Remaining,
            later.ObservedAt,
            later.ResetsAt ?? ResetsAt);
    }
}
