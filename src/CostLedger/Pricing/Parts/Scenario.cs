namespace CostLedger.Pricing.Parts;

/// <summary>Which of the possible costs is computed, where not everything is known.</summary>
internal enum Scenario
{
    /// <summary>The likeliest: the one that is booked.</summary>
    Expected,

    /// <summary>The least that may have been billed.</summary>
    Least,

    /// <summary>The most that may have been billed.</summary>
    Most,
}
