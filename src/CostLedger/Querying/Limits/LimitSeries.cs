using CostLedger.Records;

namespace CostLedger.Querying.Limits;

/// <summary>One rate limit of one holder over time.</summary>
public sealed record LimitSeries
{
    /// <summary>Who sets it.</summary>
    public required Provider Provider { get; init; }

    /// <summary>The host that told of it; null when not known.</summary>
    public string? Host { get; init; }

    /// <summary>Whose limit it is: a keyed hash of the organisation and workspace; null when not known.</summary>
    public string? Scope { get; init; }

    /// <summary>The model that was asked for; null when there was none.</summary>
    public string? Model { get; init; }

    /// <summary>What is limited: <c>requests</c>, <c>input-tokens</c>, <c>priority-output-tokens</c>, <c>count_tokens:requests</c>, …</summary>
    public required string Kind { get; init; }

    /// <summary>What was told over the period, oldest first; neighbours are put together where there are more than 1,440.</summary>
    public required IReadOnlyList<LimitPoint> Points { get; init; }

    /// <summary>All points as one: the lowest of the period, and what was told last.</summary>
    public required LimitPoint Whole { get; init; }

    /// <summary>What is left at the report's end: what was told last, and what was refilled since; null when not known.</summary>
    public long? RemainingNow { get; init; }

    /// <summary>When it runs out.</summary>
    public required LimitForecast Forecast { get; init; }

    /// <summary>The part of the limit that is left at the report's end, 0 to 1; null when not known.</summary>
    public double? ShareNow => LimitPoint.ShareOf(RemainingNow, Whole.Limit);
}
