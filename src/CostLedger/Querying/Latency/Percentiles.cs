namespace CostLedger.Querying.Latency;

/// <summary>
/// Nearest-rank percentiles: the smallest figure that at least so much of all figures does not exceed. Exact for up to 16,384
/// figures; beyond that each is at most 1/2048 (0.05 %) off, which <see cref="IsExact"/> tells.
/// </summary>
/// <typeparam name="T">What is measured.</typeparam>
/// <param name="Count">How many figures there are.</param>
/// <param name="P50">Half of the figures are at most this.</param>
/// <param name="P95">95 of 100 figures are at most this.</param>
/// <param name="P99">99 of 100 figures are at most this.</param>
/// <param name="Max">The greatest figure; always exact.</param>
/// <param name="IsExact">Whether the percentiles are figures that were measured.</param>
public sealed record Percentiles<T>(long Count, T P50, T P95, T P99, T Max, bool IsExact)
    where T : struct;
