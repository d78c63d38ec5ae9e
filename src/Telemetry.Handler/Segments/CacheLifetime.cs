namespace Telemetry.Handler.Segments;

/// <summary>Whether the prompt is to be cached up to a segment, and how long.</summary>
internal enum CacheLifetime : byte
{
    /// <summary>No breakpoint.</summary>
    None,

    /// <summary>Five minutes, which is the default.</summary>
    FiveMinutes,

    /// <summary>One hour.</summary>
    OneHour,
}
