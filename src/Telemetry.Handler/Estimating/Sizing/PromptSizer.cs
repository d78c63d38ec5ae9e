using Telemetry.Handler.Estimating.Calibrating;
using Telemetry.Handler.Estimating.Overheads;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>Estimates a counted prompt by the shipped constants.</summary>
internal static class PromptSizer
{
    /// <summary>Estimates a prompt.</summary>
    /// <param name="prompt">The prompt; its segments are counted.</param>
    /// <param name="features">Its features.</param>
    /// <param name="model">The model's overheads.</param>
    /// <param name="parameters">The request's parameters.</param>
    public static PromptSize Size(SegmentedPrompt prompt, in PromptFeatures features, ModelOverheads model, in PromptParameters parameters)
    {
        var sources = new SourceVector();
        var doubts = model.IsKnown ? Doubt.None : Doubt.UnknownModel;
        for (var i = 0; i < prompt.Segments.Count; i++)
        {
            Add(ref sources, prompt.Segments[i], features.Of(i, ref doubts), model);
        }

        // What is taken away for one reason and another can be more than a short prompt has.
        sources[PromptSource.Overhead] = Math.Max(0, features.OfRequest(parameters).Dot(model.Weights));
        return new PromptSize(model, sources, doubts);
    }

    /// <summary>Where a segment's tokens are counted.</summary>
    public static PromptSource SourceOf(in Segment segment) => segment.Kind switch
    {
        _ when segment.Level == CacheLevel.Tools => PromptSource.Tools,
        _ when segment.Level == CacheLevel.System => PromptSource.System,
        SegmentKind.ToolUse or SegmentKind.ServerToolUse => PromptSource.ToolUses,
        SegmentKind.ToolResult or SegmentKind.ServerToolResult => PromptSource.ToolResults,
        SegmentKind.Thinking or SegmentKind.RedactedThinking => PromptSource.Thinking,
        SegmentKind.Image => PromptSource.Images,
        SegmentKind.Document => PromptSource.Documents,
        _ => PromptSource.Messages,
    };

    // Images and documents within a tool's result are counted as what they are.
    private static void Add(ref SourceVector sources, in Segment segment, FeatureVector found, ModelOverheads model)
    {
        var source = SourceOf(segment);
        if (segment.Media.Count > 0 && source == PromptSource.ToolResults)
        {
            sources[PromptSource.Images] += found[Feature.Fixed];
            found[Feature.Fixed] = 0;
        }

        sources[source] += found.Dot(model.Weights);
    }
}
