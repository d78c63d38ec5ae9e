using CostLedger.Records;

namespace CostLedger.Repricing;

/// <summary>What repricing would change, or has changed.</summary>
public sealed record RepriceReport
{
    /// <summary>The version of the price list used.</summary>
    public required string PriceVersion { get; init; }

    /// <summary>Attempts that were looked at.</summary>
    public required long Attempts { get; init; }

    /// <summary>The attempts by model and cause: the greatest change of cost first, unchanged ones last.</summary>
    public required IReadOnlyList<RepriceGroup> Groups { get; init; }

    /// <summary>Attempts whose record cannot be read whole; their costs stay as they are.</summary>
    public required long Unreadable { get; init; }

    /// <summary>The first of the unreadable attempts, at most twenty.</summary>
    public required IReadOnlyList<CallId> UnreadableIds { get; init; }

    /// <summary>Attempts whose new cost was written; 0 in a dry run.</summary>
    public required long Written { get; init; }

    /// <summary>Attempts that another program changed between reading and writing; repricing again takes them.</summary>
    public required long Overtaken { get; init; }

    /// <summary>Attempts whose cost changes.</summary>
    public long Changed => Groups.Where(group => group.Cause != RepriceCause.Same).Sum(group => group.Attempts);

    /// <summary>The sum of the stored costs of all attempts looked at.</summary>
    public NanoUsd Before => Groups.Aggregate(NanoUsd.Zero, (sum, group) => sum + group.Before);

    /// <summary>The sum of their new costs.</summary>
    public NanoUsd After => Groups.Aggregate(NanoUsd.Zero, (sum, group) => sum + group.After);
}
