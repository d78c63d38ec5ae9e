namespace CostLedger.Records;

/// <summary>How the reading of an answer ended. The numbers are stored in ledgers and never change.</summary>
public enum StreamEnd
{
    /// <summary>The last event of the protocol arrived.</summary>
    MessageStop = 1,

    /// <summary>The bytes ended before the last event.</summary>
    EofWithoutStop = 2,

    /// <summary>An <c>error</c> event ended it.</summary>
    ErrorEvent = 3,

    /// <summary>The caller disposed it before the end.</summary>
    Disposed = 4,

    /// <summary>The caller cancelled the read.</summary>
    Canceled = 5,

    /// <summary>The connection failed.</summary>
    Faulted = 6,
}
