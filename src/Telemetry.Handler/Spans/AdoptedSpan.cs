using System.Diagnostics;

namespace Telemetry.Handler.Spans;

/// <summary>
/// Finds the inference span that somebody above has started already (the official SDKs trace themselves): it is enriched
/// instead of being doubled, for backends add up the tokens of all inference spans.
/// </summary>
internal static class AdoptedSpan
{
    private const int MaxHops = 4;
    private static readonly HttpRequestOptionsKey<Activity> SdkCallSpan = new("com.anthropic.sdk.csharp.call_span");

    /// <summary>The nearest inference span around the request.</summary>
    /// <returns>Null where there is none.</returns>
    public static Activity? Find(HttpRequestMessage message)
    {
        var activity = Activity.Current;
        for (var hop = 0; activity is not null && hop < MaxHops; hop++, activity = activity.Parent)
        {
            if (IsInference(activity))
            {
                return activity;
            }
        }

        return message.Options.TryGetValue(SdkCallSpan, out var span) && span is { IsStopped: false } && IsInference(span) ? span : null;
    }

    private static bool IsInference(Activity activity) =>
        activity.Kind == ActivityKind.Client
        && activity.GetTagItem(GenAiTags.OperationName) is "chat" or "generate_content" or "text_completion";
}
