namespace CostLedger.Querying.Caching.Findings;

/// <summary>
/// What the provider's cache diagnosis means beside ours. It compares a request with an earlier one and tells the first
/// difference, whether or not anything was lost by it; ours begins with what usage says was lost.
/// </summary>
/// <remarks>Source: Anthropic's documentation of cache diagnostics, version 2026-04-07.</remarks>
internal static class Verdicts
{
    /// <summary>Whether two diagnoses of one call say the same.</summary>
    /// <param name="ours">Our reason; null where nothing was lost.</param>
    /// <param name="theirs">The provider's.</param>
    public static VerdictMatch Match(string? ours, string theirs) => (theirs, ours) switch
    {
        // Not finished, not compared, or a difference in something that it does not name.
        ("pending" or "unavailable" or "previous_message_not_found", _) => VerdictMatch.NotComparable,

        // We could not tell either.
        (_, "unknown") => VerdictMatch.NotComparable,

        // What differs lies behind what was read: nothing was lost by it.
        (not "none", null) => VerdictMatch.NotComparable,

        // Of several reasons ours is the first; what has expired may have changed as well.
        (not "none", "ttl_expired_5m" or "ttl_expired_1h") => VerdictMatch.NotComparable,
        ("none", _) => Agrees(!IsChange(ours)),
        ("model_changed", _) => Agrees(ours is "model_changed" or "speed_or_geo_changed"),
        ("tools_changed", _) => Agrees(ours is "tools_changed" or "tools_reordered"),
        ("system_changed", _) => Agrees(ours is "system_changed"),
        ("messages_changed", _) => Agrees(ours is "messages_edited" or "images_changed" or "thinking_changed"),
        _ => VerdictMatch.NotComparable,
    };

    private static VerdictMatch Agrees(bool holds) => holds ? VerdictMatch.Agrees : VerdictMatch.Disagrees;

    // A change that a comparison of requests must see.
    private static bool IsChange(string? ours) => ours is "model_changed" or "tools_changed" or "tools_reordered" or "system_changed"
        or "messages_edited" or "images_changed" or "tool_choice_changed" or "thinking_changed" or "beta_header_changed" or "speed_or_geo_changed";
}
