using CostLedger.Pricing;
using CostLedger.Pricing.Matching;
using CostLedger.Records;

namespace Telemetry.Handler.Endpoints;

/// <summary>Names the model of a call whose answer named none as its answers do, so that failures and answers of a model meet.</summary>
internal static class ModelNames
{
    /// <summary>The name that answers would have; null where the answer has one, and where nothing but a guess is known.</summary>
    /// <param name="record">The call.</param>
    /// <param name="prices">The price list, which knows the ids of models and how providers spell them.</param>
    public static string? Find(CallRecord record, PriceBook prices) =>
        record is { ModelServed: null } && (record.ModelAlias ?? record.ModelRequested) is { } asked
        && prices.Match(asked, record.Provider, record.Location, record.StartedAt) is { Model: { } model } match
        && IsSpokenBy(record.Provider, match.Kind)
        && !string.Equals(model, asked, StringComparison.Ordinal)
            ? model
            : null;

    // A gateway behind the API's own paths has spellings of its own, in its answers too.
    private static bool IsSpokenBy(Provider provider, MatchKind kind) =>
        kind is MatchKind.Exact or MatchKind.Alias || (kind == MatchKind.Spelling && provider != Provider.Anthropic);
}
