namespace Telemetry.Handler.Spans;

/// <summary>Which names of OpenTelemetry's GenAI semantic conventions are used.</summary>
public enum GenAiConventions
{
    /// <summary>Version 1.41, the last one published with the main conventions. Spans carry both names of cache writes.</summary>
    V141,

    /// <summary>The names under development since.</summary>
    Latest,

    /// <summary>Both.</summary>
    Both,
}
