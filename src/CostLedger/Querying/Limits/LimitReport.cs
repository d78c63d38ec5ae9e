namespace CostLedger.Querying.Limits;

/// <summary>An answer to "how near are the rate limits".</summary>
/// <param name="AsOf">The report's end, which "now" means.</param>
/// <param name="Step">The time that a point stands for, a minute or more.</param>
/// <param name="Series">The limits, the tightest first: those that run out, by when; then by what is left; then by the lowest.</param>
/// <param name="Throttled">Refused attempts by model, most first.</param>
public sealed record LimitReport(
    DateTimeOffset AsOf,
    TimeSpan Step,
    IReadOnlyList<LimitSeries> Series,
    IReadOnlyList<ThrottleGroup> Throttled);
