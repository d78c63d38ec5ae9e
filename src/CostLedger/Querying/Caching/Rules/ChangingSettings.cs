using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Traffic;

namespace CostLedger.Querying.Caching.Rules;

/// <summary>Something beside the prompt's text changes within conversations.</summary>
internal sealed class ChangingSettings : IAdviceRule
{
    private static readonly Dictionary<string, (string What, string Action)> Reasons = new(StringComparer.Ordinal)
    {
        ["model_changed"] = ("the model", "Keep a conversation on one model."),
        ["tool_choice_changed"] = ("tool_choice", "Leave tool_choice as it is, and ask for the tool in words."),
        ["thinking_changed"] = ("thinking or effort", "Choose thinking and effort once for each conversation."),
        ["images_changed"] = ("images", "Send images from the beginning, and leave old ones in."),
        ["beta_header_changed"] = ("the set of beta features", "Send the same beta features with all requests of a conversation."),
        ["breakpoint_moved"] = ("the place of breakpoints", "Keep a breakpoint at the end of the tools or of the system prompt."),
        ["speed_or_geo_changed"] = ("speed, region or inference_geo", "Keep speed and place for a conversation."),
        ["workspace_changed"] = ("the workspace", "Use one workspace for each prefix: caches are not shared."),
    };

    /// <inheritdoc/>
    public IEnumerable<CacheAdvice> Advise(CacheTraffic traffic) => LossGroup.Of(traffic, Reasons.Keys, lost => lost.Reason).Select(g => g.Advice(
        "changing_settings",
        $"In {Words.Calls(g.Calls.Count)} {Reasons[g.Reason].What} differed from the call before; what was cached could not be read.",
        Reasons[g.Reason].Action));
}
