namespace CostLedger.Querying.Caching.Findings;

/// <summary>Whether two diagnoses of one call say the same.</summary>
public enum VerdictMatch
{
    /// <summary>One of them says nothing that the other could contradict.</summary>
    NotComparable,

    /// <summary>They say the same.</summary>
    Agrees,

    /// <summary>One of them is wrong.</summary>
    Disagrees,
}
