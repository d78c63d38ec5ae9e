namespace CostLedger.Querying.Retrying;

/// <summary>What became of an attempt within its call.</summary>
internal enum AttemptFate
{
    /// <summary>Its answer is the call's answer.</summary>
    Used,

    /// <summary>Another attempt followed.</summary>
    Retried,

    /// <summary>It was the last, and failed.</summary>
    Failed,

    /// <summary>It was the last, and the caller cancelled it.</summary>
    Abandoned,
}
