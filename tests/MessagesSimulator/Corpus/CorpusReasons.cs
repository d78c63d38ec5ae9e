namespace MessagesSimulator.Corpus;

/// <summary>The names of the reasons why a cache breaks.</summary>
public static class CorpusReasons
{
    /// <summary>An entry for five minutes was not used in time.</summary>
    public const string TtlExpired5m = "ttl_expired_5m";

    /// <summary>An entry for an hour was not used in time.</summary>
    public const string TtlExpired1h = "ttl_expired_1h";

    /// <summary>Another model.</summary>
    public const string ModelChanged = "model_changed";

    /// <summary>A tool was added, taken away or changed.</summary>
    public const string ToolsChanged = "tools_changed";

    /// <summary>The same tools in another order.</summary>
    public const string ToolsReordered = "tools_reordered";

    /// <summary>Another system prompt.</summary>
    public const string SystemChanged = "system_changed";

    /// <summary>Another choice of tools.</summary>
    public const string ToolChoiceChanged = "tool_choice_changed";

    /// <summary>Another way of thinking, or thinking that is forgotten.</summary>
    public const string ThinkingChanged = "thinking_changed";

    /// <summary>The first image came or the last one went.</summary>
    public const string ImagesChanged = "images_changed";

    /// <summary>Another set of betas.</summary>
    public const string BetaHeaderChanged = "beta_header_changed";

    /// <summary>An earlier message is another one.</summary>
    public const string MessagesEdited = "messages_edited";

    /// <summary>No breakpoint is where an entry could be found from it.</summary>
    public const string BreakpointMoved = "breakpoint_moved";

    /// <summary>The entry lies more than twenty positions before the breakpoint.</summary>
    public const string LookbackExceeded = "lookback_exceeded";

    /// <summary>The prefix is shorter than what the model caches.</summary>
    public const string BelowMinimum = "below_minimum";

    /// <summary>Another speed or another geography.</summary>
    public const string SpeedOrGeoChanged = "speed_or_geo_changed";

    /// <summary>Another workspace or organisation.</summary>
    public const string WorkspaceChanged = "workspace_changed";

    /// <summary>The answer that writes the entry has not begun.</summary>
    public const string ConcurrentFirstWrite = "concurrent_first_write";

    /// <summary>The provider lost the entry.</summary>
    public const string ProviderEvicted = "provider_evicted";

    /// <summary>No documented rule explains it.</summary>
    public const string Unknown = "unknown";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TtlExpired5m, TtlExpired1h, ModelChanged, ToolsChanged, ToolsReordered, SystemChanged, ToolChoiceChanged, ThinkingChanged,
        ImagesChanged, BetaHeaderChanged, MessagesEdited, BreakpointMoved, LookbackExceeded, BelowMinimum, SpeedOrGeoChanged,
        WorkspaceChanged, ConcurrentFirstWrite, ProviderEvicted, Unknown,
    ];
}
