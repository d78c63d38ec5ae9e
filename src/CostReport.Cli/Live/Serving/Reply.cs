namespace CostReport.Cli.Live.Serving;

/// <summary>An answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">The type of the body.</param>
/// <param name="Body">The body.</param>
internal sealed record Reply(int Status, string MediaType, string Body)
{
    /// <summary>What events are sent as.</summary>
    public const string EventType = "text/event-stream; charset=utf-8";

    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>One more header; null for none.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Whether the answer goes on with events; it has no body then.</summary>
    public bool IsEvents { get; init; }

    /// <summary>A sentence.</summary>
    public static Reply Text(int status, string text) => new(status, PlainText, text + "\n");

    /// <summary>A page.</summary>
    public static Reply Html(int status, string html) => new(status, "text/html; charset=utf-8", html);
}
