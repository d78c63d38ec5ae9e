namespace CostLedger.Pricing.Rows;

/// <summary>How sure a price is.</summary>
public enum Confidence
{
    /// <summary>Sources agree, or the provider's own page says it.</summary>
    High,

    /// <summary>One good source, or derived by a documented rule.</summary>
    Medium,

    /// <summary>One weak source, or sources contradict each other; costs from it are marked.</summary>
    Low,
}
