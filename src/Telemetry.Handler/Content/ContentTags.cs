using System.Diagnostics;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Content;

/// <summary>Attributes of an inference span that hold content, where it is captured. What is there already is not changed.</summary>
internal static class ContentTags
{
    /// <summary>Sets them.</summary>
    public static void Set(Activity span, CapturedContent? content)
    {
        if (content is null)
        {
            return;
        }

        Set(span, GenAi.SystemInstructions, content.SystemInstructions);
        Set(span, GenAi.ToolDefinitions, content.ToolDefinitions);
        Set(span, GenAi.InputMessages, content.InputMessages);
        Set(span, GenAi.OutputMessages, content.OutputMessages);
        Set(span, GenAi.RequestStopSequences, content.StopSequences.Count > 0 ? content.StopSequences.ToArray() : null);
        Set(span, AnthropicTags.ContentTruncated, content.IsTruncated ? true : null);
    }

    private static void Set(Activity span, string name, object? value)
    {
        if (value is not null && span.GetTagItem(name) is null)
        {
            span.SetTag(name, value);
        }
    }
}
