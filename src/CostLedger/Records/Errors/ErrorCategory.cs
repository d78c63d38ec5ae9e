namespace CostLedger.Records.Errors;

/// <summary>What kind of failure an attempt ended with, coarse enough to compare providers by.</summary>
public enum ErrorCategory
{
    /// <summary>The caller sent too much in its time: HTTP 429, <c>rate_limit_error</c>, Bedrock's throttling.</summary>
    RateLimit = 1,

    /// <summary>The provider had too little capacity: HTTP 529, <c>overloaded_error</c>, a Bedrock model that is not ready.</summary>
    Overloaded = 2,

    /// <summary>The provider failed: any other HTTP 5xx, <c>api_error</c>, an error event of an unknown type.</summary>
    Server = 3,

    /// <summary>The request was at fault: any other HTTP 4xx, also an account without credit; or the caller's own code failed.</summary>
    Client = 4,

    /// <summary>The caller was not let in: HTTP 401 and 403, a wrong or expired key or signature.</summary>
    Authentication = 5,

    /// <summary>There was no connection, or it broke.</summary>
    Network = 6,

    /// <summary>A time limit ended it: the caller's, a gateway's (HTTP 408, 504) or the provider's own.</summary>
    Timeout = 7,

    /// <summary>The answer ended without its last event.</summary>
    Truncated = 8,

    /// <summary>The caller cancelled or stopped reading. Nobody failed.</summary>
    Canceled = 9,

    /// <summary>The process died while the call was in flight.</summary>
    Interrupted = 10,
}
