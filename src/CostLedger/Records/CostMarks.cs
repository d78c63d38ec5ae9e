namespace CostLedger.Records;

/// <summary>Notes that can stand beside a cost.</summary>
public static class CostMarks
{
    /// <summary>The answer wrote to the cache without saying for how long; the rest is priced as five minutes.</summary>
    public const string SplitUnknown = "split_unknown";

    /// <summary>A fallback credit was redeemed; the provider re-prices the call on its side.</summary>
    public const string FallbackCredit = "fallback_credit";

    /// <summary>Code ran on the server; container hours are billed by organisation and cannot be told from one answer.</summary>
    public const string CodeExecutionNotPriced = "code_execution_not_priced";

    /// <summary>A part of the call ran on a model without a price; it is not in the cost.</summary>
    public const string IterationUnpriced = "iteration_unpriced";

    /// <summary>A refusal that is not billed.</summary>
    public const string RefusalUnbilled = "refusal_unbilled";

    /// <summary>A declined fallback hop that is not billed.</summary>
    public const string DeclinedFallbackUnbilled = "declined_fallback_unbilled";

    /// <summary>The price row itself is of low confidence.</summary>
    public const string LowConfidencePrice = "low_confidence_price";

    /// <summary>The output was estimated from what was received.</summary>
    public const string OutputEstimated = "output_estimated";

    /// <summary>The input is not known; the call may have been billed.</summary>
    public const string InputUnknown = "input_unknown";

    /// <summary>No connection could be made, so that nothing was sent and nothing can have been billed.</summary>
    public const string NotSent = "not_sent";

    /// <summary>The service tier served has no public price; the standard price was used.</summary>
    public const string TierPriceUnknown = "tier_price_unknown";

    /// <summary>The counts contradict each other, or are negative or impossibly large; they were not priced.</summary>
    public const string ImplausibleUsage = "implausible_usage";

    /// <summary>The day lies outside the model's price periods; the nearest period was used.</summary>
    public const string OutsidePricePeriod = "outside_price_period";

    /// <summary>The provider has no price for the model; another provider's stands in, by a rule of the price list.</summary>
    public const string PriceSubstituted = "price_substituted";

    /// <summary>The model was guessed from a part of its name.</summary>
    public const string ModelGuessed = "model_guessed";

    /// <summary>The cloud location or profile is not known; the price of the usual one was used.</summary>
    public const string LocationUnknown = "location_unknown";

    /// <summary>Whether the price of long prompts applies is not documented for a call of several iterations.</summary>
    public const string BandUncertain = "band_uncertain";

    /// <summary>Fast mode was served where no price of it is known; the standard price was used.</summary>
    public const string FastPriceUnknown = "fast_price_unknown";

    /// <summary>Inference ran in a geography without a public price; the global price was used.</summary>
    public const string GeoPriceUnknown = "geo_price_unknown";

    /// <summary>Whether a refusal of this category is billed is not known; it was priced as billed.</summary>
    public const string RefusalBillingUnknown = "refusal_billing_unknown";

    /// <summary>The iterations do not add up to the counts of the whole answer; the iterations were priced.</summary>
    public const string IterationsDisagree = "iterations_disagree";
}
