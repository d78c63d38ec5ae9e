namespace Telemetry.Handler.Caching.Calls;

/// <summary>A conversation, with its branches.</summary>
internal sealed class CallThread
{
    /// <summary>The last of its calls; null until there is one.</summary>
    public CallMark? Latest { get; set; }
}
