namespace Telemetry.Handler.Caching;

/// <summary>The names of the reasons, which telemetry, ledgers and reports use; they never change.</summary>
internal static class CacheBreakReasons
{
    // In the order of the enumeration.
    private static readonly string[] Names =
    [
        "unknown", "ttl_expired_5m", "ttl_expired_1h", "model_changed", "tools_changed", "tools_reordered", "system_changed",
        "tool_choice_changed", "thinking_changed", "images_changed", "beta_header_changed", "messages_edited", "breakpoint_moved",
        "lookback_exceeded", "below_minimum", "speed_or_geo_changed", "workspace_changed", "concurrent_first_write", "provider_evicted",
    ];

    /// <summary>The name of a reason.</summary>
    public static string NameOf(CacheBreakReason reason) => Names[(int)reason];

    /// <summary>The reason of a name; null for a name that is none.</summary>
    public static CacheBreakReason? Parse(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var at ? (CacheBreakReason)at : null;

    /// <summary>The name of a part of the prompt.</summary>
    public static string NameOf(Segments.CacheLevel level) => level switch
    {
        Segments.CacheLevel.Tools => "tools",
        Segments.CacheLevel.System => "system",
        _ => "messages",
    };
}
