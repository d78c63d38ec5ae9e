namespace CostLedger.Records.Tools;

/// <summary>How tools are called without getting anywhere. The numbers are stored in ledgers and never change.</summary>
public enum ToolLoopKind
{
    /// <summary>One tool is called with the same arguments again and again.</summary>
    Repeat = 1,

    /// <summary>Two calls take turns: A, B, A, B, A.</summary>
    PingPong = 2,

    /// <summary>The same error comes back again and again, whatever is tried.</summary>
    SameError = 3,

    /// <summary>Many calls, and nothing new in what they bring.</summary>
    NoProgress = 4,
}
