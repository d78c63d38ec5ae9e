namespace Telemetry.Handler.Attempts;

/// <summary>Who sends a request again.</summary>
internal enum RetrySource
{
    /// <summary>A first attempt, or nobody says.</summary>
    Unknown,

    /// <summary>The official SDK, which counts in a header.</summary>
    Sdk,

    /// <summary>A handler further out that sends the same request message again.</summary>
    Handler,
}
