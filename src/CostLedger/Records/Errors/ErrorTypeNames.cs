namespace CostLedger.Records.Errors;

/// <summary>Values of <see cref="CallRecord.ErrorType"/> for failures to which neither the API nor a status gives a name.</summary>
public static class ErrorTypeNames
{
    /// <summary>No connection could be made, or it broke.</summary>
    public const string Connection = "connection_error";

    /// <summary>The caller's own time limit passed.</summary>
    public const string ClientTimeout = "client_timeout_error";

    /// <summary>The answer ended without its last event.</summary>
    public const string StreamTruncated = "stream_truncated";

    /// <summary>The answer had a good status, and was no message: a proxy's page, or JSON of another kind.</summary>
    public const string NoMessage = "no_message";

    /// <summary>The application did not allow the call to be sent.</summary>
    public const string Withheld = "withheld";

    /// <summary>The answer was stopped at the cost that the application had set.</summary>
    public const string CostLimit = "cost_limit";

    /// <summary>Anything else that failed on the caller's side.</summary>
    public const string Client = "client_error";
}
