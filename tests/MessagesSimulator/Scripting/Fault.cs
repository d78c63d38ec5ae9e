namespace MessagesSimulator.Scripting;

/// <summary>Something that goes wrong with an answer.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>How many events of the stream go well before; a whole answer breaks in its middle unless this is 0.</summary>
    public int AfterEvents { get; init; }

    /// <summary>The status of <see cref="FaultKind.Status"/>.</summary>
    public int StatusCode { get; init; }

    /// <summary>The error's type, in the body or the event.</summary>
    public string ErrorType { get; init; } = "overloaded_error";

    /// <summary>The error's message.</summary>
    public string Message { get; init; } = "Overloaded";

    /// <summary>The header <c>retry-after</c>, word for word; null: none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The header <c>x-should-retry</c>; null: none.</summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>A body to send instead of the API's error object, and its content type.</summary>
    public (string ContentType, string Text)? Body { get; init; }

    /// <summary>A 529, as the API sends it.</summary>
    /// <param name="retryAfter">The header <c>retry-after</c>; null: none.</param>
    /// <returns>The fault.</returns>
    public static Fault Overloaded(string? retryAfter = null) => new(FaultKind.Status)
    {
        StatusCode = 529,
        RetryAfter = retryAfter,
        ShouldRetry = true,
    };

    /// <summary>A 429.</summary>
    /// <param name="retryAfter">The header <c>retry-after</c>; null: none.</param>
    /// <returns>The fault.</returns>
    public static Fault RateLimited(string? retryAfter) => new(FaultKind.Status)
    {
        StatusCode = 429,
        ErrorType = "rate_limit_error",
        Message = "Number of requests has exceeded your rate limit",
        RetryAfter = retryAfter,
        ShouldRetry = true,
    };

    /// <summary>Any error status.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="errorType">The error's type.</param>
    /// <param name="message">The error's message.</param>
    /// <returns>The fault.</returns>
    public static Fault Status(int statusCode, string errorType, string message) =>
        new(FaultKind.Status) { StatusCode = statusCode, ErrorType = errorType, Message = message };

    /// <summary>An error page that is no JSON, as proxies send it.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="html">The page.</param>
    /// <returns>The fault.</returns>
    public static Fault Page(int statusCode, string html) =>
        new(FaultKind.Status) { StatusCode = statusCode, Body = ("text/html; charset=UTF-8", html) };

    /// <summary>An <c>error</c> event in a stream that began with status 200.</summary>
    /// <param name="afterEvents">The events before it.</param>
    /// <returns>The fault.</returns>
    public static Fault ErrorEvent(int afterEvents) => new(FaultKind.ErrorEvent) { AfterEvents = afterEvents };

    /// <summary>A connection that is reset.</summary>
    /// <param name="afterEvents">The events before it; 0: before the headers.</param>
    /// <returns>The fault.</returns>
    public static Fault Reset(int afterEvents) => new(FaultKind.Reset) { AfterEvents = afterEvents };

    /// <summary>An answer that ends cleanly, but without its last events.</summary>
    /// <param name="afterEvents">The events before the end.</param>
    /// <returns>The fault.</returns>
    public static Fault EndEarly(int afterEvents) => new(FaultKind.EndEarly) { AfterEvents = afterEvents };

    /// <summary>Bytes in the middle that nobody can parse.</summary>
    /// <param name="afterEvents">The events before them.</param>
    /// <returns>The fault.</returns>
    public static Fault Malformed(int afterEvents) => new(FaultKind.Malformed) { AfterEvents = afterEvents };

    /// <summary>An answer that stops coming; it goes on never.</summary>
    /// <param name="afterEvents">The events before the silence; 0: not even headers.</param>
    /// <returns>The fault.</returns>
    public static Fault Hang(int afterEvents) => new(FaultKind.Hang) { AfterEvents = afterEvents };
}
