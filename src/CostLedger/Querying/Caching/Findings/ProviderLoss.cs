using CostLedger.Records;

namespace CostLedger.Querying.Caching.Findings;

/// <summary>What the provider lost by itself of one model in one region: the same bytes, in time, and yet not read.</summary>
/// <param name="Provider">Who answered.</param>
/// <param name="Model">The model; null when not known.</param>
/// <param name="Location">The cloud's location; null where there is none.</param>
/// <param name="Readable">Calls that read something, lost something, or were expected to read something.</param>
/// <param name="Loss">What was lost.</param>
public sealed record ProviderLoss(Provider Provider, string? Model, string? Location, long Readable, CacheLoss Loss)
{
    /// <summary>Losses over calls that could have read, 0 to 1.</summary>
    public decimal Rate => Readable > 0 ? (decimal)Loss.Count / Readable : 0;
}
