namespace CostLedger.Pricing;

/// <summary>A price list, checked and ready to price calls. Immutable; safe for use by many threads.</summary>
public sealed class PriceBook
{
    /// <summary>The price list that this version ships with (<c>pricing.json</c>, embedded).</summary>
    public static PriceBook Default => throw new NotSupportedException();

    /// <summary>The list's version: its date and the beginning of its content's hash.</summary>
    public string Version => throw new NotSupportedException();

    /// <summary>Reads and checks a price file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The price list.</returns>
    public static PriceBook Load(string path) => throw new NotSupportedException();

    /// <summary>Prices a call.</summary>
    /// <param name="request">What the price depends on.</param>
    /// <returns>The cost and its explanation.</returns>
    public CostBreakdown Price(PricingRequest request) => throw new NotSupportedException();
}
