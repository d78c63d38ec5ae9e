using System.Diagnostics;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Finds the inference span that a call has already, so that it is not told twice.</summary>
internal static class SpanOwnership
{
    /// <summary>How far up the search goes.</summary>
    public const int MaxHops = 4;

    /// <summary>The source of Microsoft.Extensions.AI, which also records the conventions' metrics.</summary>
    public const string ExtensionsAiSource = "Experimental.Microsoft.Extensions.AI";

    // Where the official SDK keeps its call's span; not documented, so only a second way.
    private static readonly HttpRequestOptionsKey<Activity> SdkSpan = new("com.anthropic.sdk.csharp.call_span");

    /// <summary>Finds it: the current span or one of its nearest parents in this process, else the one the SDK left in the request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The nearest; null when there is none.</returns>
    public static Activity? Find(HttpRequestMessage request)
    {
        var span = Activity.Current;
        for (var hop = 0; span is not null && hop <= MaxHops; hop++, span = span.Parent)
        {
            if (IsInference(span))
            {
                return span;
            }
        }

        return request.Options.TryGetValue(SdkSpan, out var left) && IsInference(left) ? left : null;
    }

    /// <summary>Finds the span that covers all attempts of a logical call; one that nobody samples will do.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isInference">Whether the call creates a message, as calls do below the spans that are looked for.</param>
    /// <returns>Null when there is none.</returns>
    public static Activity? FindCall(HttpRequestMessage request, bool isInference) =>
        (isInference ? Find(request) : null) ?? (request.Options.TryGetValue(SdkSpan, out var left) ? left : null);

    /// <summary>Whether the current span is this one, or one of its nearest descendants.</summary>
    /// <param name="span">A span.</param>
    public static bool IsCurrent(Activity span)
    {
        var inner = Activity.Current;
        for (var hop = 0; inner is not null && inner != span && hop < MaxHops; hop++)
        {
            inner = inner.Parent;
        }

        return inner == span;
    }

    /// <summary>Finds the source further out that tells the same call once more, metrics included.</summary>
    /// <param name="adopted">The span that was found.</param>
    /// <returns>The span of Microsoft.Extensions.AI: the adopted one or a near parent of it; null when there is none.</returns>
    public static Activity? FindExtensionsAi(Activity? adopted)
    {
        var span = adopted;
        for (var hop = 0; span is not null && hop <= MaxHops; hop++, span = span.Parent)
        {
            if (string.Equals(span.Source.Name, ExtensionsAiSource, StringComparison.Ordinal) && IsInference(span))
            {
                return span;
            }
        }

        return null;
    }

    private static bool IsInference(Activity? span) =>
        span is { Kind: ActivityKind.Client, IsStopped: false }
        && span.GetTagItem(GenAi.OperationName) is "chat" or "generate_content" or "text_completion";
}
