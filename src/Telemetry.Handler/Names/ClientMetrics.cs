namespace Telemetry.Handler.Names;

/// <summary>When the conventions' metrics (<c>gen_ai.client.*</c>) are recorded. Our own (<c>costledger.*</c>) always are.</summary>
public enum ClientMetrics
{
    /// <summary>Except for calls that Microsoft.Extensions.AI traces: it records the same metrics itself.</summary>
    Auto,

    /// <summary>For every call.</summary>
    Always,

    /// <summary>Never: for applications in which another instrumentation records them.</summary>
    Never,
}
