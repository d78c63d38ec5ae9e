using CostLedger.Querying.Scanning;

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

    /// <summary>Where a row's value of a grouping is found.</summary>
    /// <exception cref="ArgumentException">A tag has no key, or the kind is not known.</exception>
    internal static Dimension DimensionOf(Grouping grouping) => grouping.Kind switch
    {
        GroupKind.Hour => Dimension.Of(TimeUnit.Hour),
        GroupKind.Day => Dimension.Of(TimeUnit.Day),
        GroupKind.Week => Dimension.Of(TimeUnit.Week),
        GroupKind.Month => Dimension.Of(TimeUnit.Month),
        GroupKind.Model => new Dimension("c.model"),
        GroupKind.Provider => new Dimension("c.provider"),
        GroupKind.Session => new Dimension("c.session"),
        GroupKind.Tag when grouping.TagKey is not null => new Dimension("c.tag_set"),
        GroupKind.Tag => throw new ArgumentException("Grouping by a tag needs the tag's key.", nameof(grouping)),
        GroupKind.Status => new Dimension("c.outcome"),
        GroupKind.StopReason => new Dimension("c.stop_reason"),
        GroupKind.Error => new Dimension("c.error_type"),
        GroupKind.Conversation => new Dimension("c.conversation"),
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping.Kind, "Not a dimension."),
    };
}
