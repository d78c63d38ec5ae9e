namespace CostLedger.Querying.Limits;

/// <summary>When a limit runs out if it is used as it was in the last minutes.</summary>
/// <remarks>
/// Assumed is a bucket that is refilled continuously, the whole limit a minute, or until the reset that the provider told where that
/// is more than two minutes away. Source: "Rate limits", Anthropic's API documentation (token bucket algorithm).
/// </remarks>
/// <param name="Kind">What it says.</param>
/// <param name="UsePerMinute">Requests or tokens used a minute: the greater of the two that follow.</param>
/// <param name="UseOfCallsPerMinute">What the calls in the ledger used; cache reads do not count.</param>
/// <param name="UseOfLimitPerMinute">What the fall of the limit itself shows, of all its users; a lower bound.</param>
/// <param name="RefillPerMinute">Requests or tokens refilled a minute.</param>
/// <param name="Window">The time before the report's end whose use was counted.</param>
/// <param name="RunsOutAt">When it runs out; null when it does not.</param>
public sealed record LimitForecast(
    ForecastKind Kind,
    double UsePerMinute,
    double UseOfCallsPerMinute,
    double UseOfLimitPerMinute,
    double RefillPerMinute,
    TimeSpan Window,
    DateTimeOffset? RunsOutAt);
