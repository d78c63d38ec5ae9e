namespace CostLedger.Querying;

/// <summary>One dimension of a report.</summary>
/// <param name="Kind">What to group by.</param>
/// <param name="TagKey">The tag's key, for <see cref="GroupKind.Tag"/>.</param>
public readonly record struct Grouping(GroupKind Kind, string? TagKey = null)
{
    /// <summary>The dimension's name in reports: <c>day</c>, <c>model</c>, <c>stop_reason</c>, <c>tag:team</c>, …</summary>
    public string Name => Kind switch
    {
        GroupKind.Tag => $"tag:{TagKey}",
        GroupKind.StopReason => "stop_reason",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
