namespace CostReport.Cli.Caching;

/// <summary>What helps against each reason for a loss, as <c>docs/cache-diagnosis.md</c> has it.</summary>
internal static class Remedies
{
    /// <summary>A remedy for each reason; <c>none</c> where the caller can do nothing.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ttl_expired_5m"] = "one hour where answers often take 5 to 60 minutes: it costs 2 times the input price to write instead of 1.25",
        ["ttl_expired_1h"] = "nothing, or a short request in between where the prefix is large",
        ["model_changed"] = "keep a conversation on one model",
        ["tools_changed"] = "keep definitions constant; put what varies into messages",
        ["tools_reordered"] = "sort them by name",
        ["system_changed"] = "put what varies behind the last breakpoint, or into the user's message",
        ["tool_choice_changed"] = "leave it, and ask for the tool in words",
        ["thinking_changed"] = "choose once for each conversation",
        ["images_changed"] = "send images from the beginning, leave old ones in",
        ["beta_header_changed"] = "the same set for all requests of a conversation",
        ["messages_edited"] = "append; cut rarely, and much at once (clear_at_least); leave a task budget's rest to the API",
        ["breakpoint_moved"] = "keep a breakpoint at the end of tools or system",
        ["lookback_exceeded"] = "a further breakpoint at least every 20 blocks",
        ["below_minimum"] = "mark more, or nothing",
        ["speed_or_geo_changed"] = "keep both",
        ["workspace_changed"] = "one workspace for each prefix",
        ["concurrent_first_write"] = "send one, wait for its first byte, then the rest",
        ["provider_evicted"] = "none; it is counted by itself, so that it can be shown to the provider",
        ["unknown"] = "none",
    };
}
