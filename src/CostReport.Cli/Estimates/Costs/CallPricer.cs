using CostLedger.Pricing;
using CostLedger.Pricing.Matching;
using CostLedger.Pricing.Rows;
using CostLedger.Records;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>Prices what a call may use. The ledger's own rules are asked, so that an estimate and the bill follow the same ones.</summary>
internal sealed class CallPricer
{
    private const int Ok = 200;

    private readonly PriceBook _book;
    private readonly CallTerms _terms;

    /// <summary>Makes a pricer for one call.</summary>
    public CallPricer(PriceBook book, CallTerms terms)
    {
        (_book, _terms) = (book, terms);
        Match = terms.Model is { } model ? book.Match(model, terms.Provider, terms.Location, terms.At) : null;
    }

    /// <summary>What the price list makes of the model; null where nothing names one.</summary>
    public ModelMatch? Match { get; }

    /// <summary>The model's facts; null where it is not known.</summary>
    public PriceRow? Row => Match?.Row;

    /// <summary>Prices a call.</summary>
    public CostBreakdown Price(TokenSplit tokens) => _book.Price(new PricingRequest
    {
        Provider = _terms.Provider,
        Location = _terms.Location,
        Operation = _terms.IsBatch ? Operation.BatchResult : Operation.Messages,
        Model = _terms.Model,
        At = _terms.At,
        Outcome = CallOutcome.Success,
        HttpStatus = Ok,
        Usage = new TokenUsage
        {
            InputTokens = tokens.Uncached,
            OutputTokens = tokens.Output,
            CacheReadInputTokens = tokens.Read,
            CacheCreationInputTokens = tokens.Write5m + tokens.Write1h,
            CacheCreation5mInputTokens = tokens.Write5m,
            CacheCreation1hInputTokens = tokens.Write1h,
            Speed = _terms.Speed,
            InferenceGeo = _terms.Geo,
        },
    });

    /// <summary>What a call costs; null where there is no price.</summary>
    public NanoUsd? Cost(TokenSplit tokens) => Price(tokens).Cost.Total;
}
