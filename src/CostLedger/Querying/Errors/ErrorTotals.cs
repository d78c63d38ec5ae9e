using CostLedger.Querying.Latency;
using CostLedger.Records;

namespace CostLedger.Querying.Errors;

/// <summary>What is known of a number of failed attempts.</summary>
public sealed record ErrorTotals
{
    /// <summary>Failed attempts.</summary>
    public long Count { get; init; }

    /// <summary>When the first began, UTC; null when there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>When the last began, UTC; null when there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>How long they took until they failed; not known of interrupted ones and of batch results.</summary>
    public Percentiles<TimeSpan>? Duration { get; init; }

    /// <summary>What they cost, as far as it is priced; estimates included.</summary>
    public NanoUsd Cost { get; init; }

    /// <summary>Those whose cost is estimated in part.</summary>
    public long Estimated { get; init; }

    /// <summary>Those without a price, which are not in <see cref="Cost"/>.</summary>
    public long Unpriced { get; init; }

    /// <summary>Those whose answer said what to wait before the next attempt (<c>retry-after</c>).</summary>
    public long WithRetryAfter { get; init; }

    /// <summary>The longest such wait; null when none was told.</summary>
    public TimeSpan? LongestRetryAfter { get; init; }

    /// <summary>Those after which another attempt of the same logical call succeeded, within the hour after the period at the latest.</summary>
    public long FollowedBySuccess { get; init; }
}
