namespace CostLedger.Pricing.Parts;

/// <summary>Whether a refusal is billed.</summary>
internal enum RefusalBilling
{
    /// <summary>Like an answer: it is none, or had output before it stopped, or is of a billed category.</summary>
    Billed,

    /// <summary>Not at all.</summary>
    Free,

    /// <summary>Its category is on no list.</summary>
    Unknown,
}
