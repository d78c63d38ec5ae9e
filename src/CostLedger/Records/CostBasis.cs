namespace CostLedger.Records;

/// <summary>How a cost is known. The numbers are stored in ledgers and never change.</summary>
public enum CostBasis
{
    /// <summary>From the provider's own counts.</summary>
    Measured = 1,

    /// <summary>A part was estimated; the bounds say how far it can be off.</summary>
    Estimated = 2,

    /// <summary>The provider does not charge for it; the cost is exactly zero.</summary>
    Unbilled = 3,

    /// <summary>No price is known; the cost is unknown, which is not zero.</summary>
    Unpriced = 4,
}
