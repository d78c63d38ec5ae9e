namespace CostLedger.Storage;

/// <summary>The ledger cannot be opened or read. The message is one line that says what to do.</summary>
public sealed class LedgerException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public LedgerException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">One line that says what is wrong and what to do.</param>
    public LedgerException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">One line that says what is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LedgerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
