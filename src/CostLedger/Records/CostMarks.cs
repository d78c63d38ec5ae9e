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

    /// <summary>The service tier served has no public price; the standard price was used.</summary>
    public const string TierPriceUnknown = "tier_price_unknown";

    /// <summary>The counts contradict each other, or are negative or impossibly large; they were not priced.</summary>
    public const string ImplausibleUsage = "implausible_usage";
}
