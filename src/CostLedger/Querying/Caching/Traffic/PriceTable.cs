using CostLedger.Pricing;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>The prices of tokens by model, place and day, from a price list.</summary>
/// <param name="prices">The price list.</param>
internal sealed class PriceTable(PriceBook prices)
{
    // Enough that rounding to a nano-dollar is lost in it, and below every band of long prompts.
    private const long Sample = 100_000;

    // What most models have; as the cache's model has it.
    private const long UsualMinimum = 1024;

    private readonly Dictionary<(Provider, string?, string?, string?, DateOnly), CallPrices?> _known = [];

    /// <summary>The prices of a call; null where the list has none.</summary>
    public CallPrices? Of(Provider provider, string? model, string? requested, string? location, DateTimeOffset at)
    {
        var key = (provider, model, requested, location, DateOnly.FromDateTime(at.UtcDateTime));
        if (!_known.TryGetValue(key, out var known))
        {
            _known[key] = known = Find(new PricingRequest
            {
                Provider = provider,
                Operation = Operation.Messages,
                Location = location,
                Model = model,
                ModelRequested = requested,
                At = at,
                Outcome = CallOutcome.Success,
            });
        }

        return known;
    }

    private CallPrices? Find(PricingRequest request)
    {
        decimal? PriceOf(TokenUsage usage) =>
            prices.Price(request with { Usage = usage }).Cost.Total is { } cost ? (decimal)cost.Value / Sample : null;
        var none = new TokenUsage { InputTokens = 0, OutputTokens = 0, CacheReadInputTokens = 0, CacheCreationInputTokens = 0 };
        var match = prices.Match(request.Model ?? "", request.Provider, request.Location, request.At);
        var minimum = match.Row?.MinCacheableTokens ?? (match.Model is { } name ? prices.Match(name).Row?.MinCacheableTokens : null);
        return PriceOf(none with { InputTokens = Sample }) is { } input
            && PriceOf(none with { CacheReadInputTokens = Sample }) is { } read
            && PriceOf(none with { CacheCreationInputTokens = Sample, CacheCreation5mInputTokens = Sample }) is { } write5m
            && PriceOf(none with { CacheCreationInputTokens = Sample, CacheCreation1hInputTokens = Sample }) is { } write1h
            ? new CallPrices(input, read, write5m, write1h, minimum ?? UsualMinimum)
            : null;
    }
}
