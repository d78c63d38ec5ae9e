namespace CostLedger.Records;

/// <summary>How an attempt ended. The numbers are stored in ledgers and never change.</summary>
public enum CallOutcome
{
    /// <summary>A whole answer.</summary>
    Success = 1,

    /// <summary>An HTTP error status, an error event in the stream, or a failed connection.</summary>
    Error = 2,

    /// <summary>The caller cancelled, or stopped reading before the end.</summary>
    Canceled = 3,

    /// <summary>A time limit ended it.</summary>
    Timeout = 4,

    /// <summary>The answer ended without its last event.</summary>
    Truncated = 5,

    /// <summary>The model refused (<c>stop_reason: refusal</c>).</summary>
    Refused = 6,

    /// <summary>The process died while the call was in flight.</summary>
    Interrupted = 7,
}
