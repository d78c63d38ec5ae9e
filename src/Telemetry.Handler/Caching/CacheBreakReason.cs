namespace Telemetry.Handler.Caching;

/// <summary>Why a prompt was not read from the cache although it could have been. One reason for each loss: the primary one.</summary>
internal enum CacheBreakReason : byte
{
    /// <summary>Something is lost, and what could explain it is not known.</summary>
    Unknown,

    /// <summary>Five minutes passed since the entry was written or last read.</summary>
    TtlExpired5m,

    /// <summary>One hour passed since the entry was written or last read.</summary>
    TtlExpired1h,

    /// <summary>Another model was asked, or another one answered.</summary>
    ModelChanged,

    /// <summary>A tool was added, removed or defined in another way.</summary>
    ToolsChanged,

    /// <summary>The same tools in another order.</summary>
    ToolsReordered,

    /// <summary>The system prompt, or what the provider puts into it, is another.</summary>
    SystemChanged,

    /// <summary><c>tool_choice</c>, with <c>disable_parallel_tool_use</c>.</summary>
    ToolChoiceChanged,

    /// <summary>Thinking, its budget, the effort, or thinking that is taken out of earlier turns.</summary>
    ThinkingChanged,

    /// <summary>An image was added, removed or exchanged.</summary>
    ImagesChanged,

    /// <summary>The set of beta features is another.</summary>
    BetaHeaderChanged,

    /// <summary>A message of the history is not what it was.</summary>
    MessagesEdited,

    /// <summary>No breakpoint stands where one would reach what is cached.</summary>
    BreakpointMoved,

    /// <summary>What is cached is further before the breakpoint than the provider looks.</summary>
    LookbackExceeded,

    /// <summary>The marked prefix is shorter than the model caches.</summary>
    BelowMinimum,

    /// <summary>Another speed, or another place of inference.</summary>
    SpeedOrGeoChanged,

    /// <summary>Another key, workspace or provider, whose cache is its own.</summary>
    WorkspaceChanged,

    /// <summary>The request that writes the same prefix had not begun to be answered.</summary>
    ConcurrentFirstWrite,

    /// <summary>The same bytes, in time, with a breakpoint that reaches them, and still no read: the provider's doing.</summary>
    ProviderEvicted,
}
