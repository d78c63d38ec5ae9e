namespace Telemetry.Handler.Names;

/// <summary>Which names of OpenTelemetry's conventions for generative AI are emitted.</summary>
public enum SemanticConventions
{
    /// <summary>Version 1.41, the last that was published in the main repository of the conventions.</summary>
    V141,

    /// <summary>The names that came after it: counters for tokens, <c>cache_write</c>, <c>client.inference.duration</c>.</summary>
    Latest,

    /// <summary>Both sets, for the time of a change.</summary>
    Both,
}
