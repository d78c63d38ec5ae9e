namespace Telemetry.Handler.Caching.Replaying;

/// <summary>Where breakpoints stand under an assumption.</summary>
[Flags]
internal enum BreakpointPlaces
{
    None = 0,

    /// <summary>On the last tool.</summary>
    Tools = 1,

    /// <summary>On the last block of the system prompt.</summary>
    System = 2,

    /// <summary>On the last block of the prompt.</summary>
    Last = 4,

    /// <summary>Where the request has them, and on the last block beside them (automatic caching).</summary>
    Automatic = 8,
}
