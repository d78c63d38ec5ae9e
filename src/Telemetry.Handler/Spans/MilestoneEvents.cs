using System.Diagnostics;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Spans;

/// <summary>Writes milestones as span events: few enough for an exporter's limit, never one per delta.</summary>
/// <param name="span">The span; null: nothing is written.</param>
/// <param name="startedAt">The start that times are counted from.</param>
internal sealed class MilestoneEvents(Activity? span, DateTimeOffset startedAt)
{
    /// <summary>The most content blocks that are told.</summary>
    public const int MaxBlocks = 32;

    /// <summary>The most stalls that are told.</summary>
    public const int MaxStalls = 8;

    /// <summary>The silence that is told as a stall.</summary>
    public static readonly TimeSpan StallAfter = TimeSpan.FromSeconds(5);

    private int _blocks;
    private int _stalls;

    /// <summary>A point in the life of a streamed answer.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="at">When, from the start.</param>
    /// <param name="type">The type of the content block or of the error; null where it is about none.</param>
    /// <param name="index">The index of the content block; -1 where it is about none.</param>
    public void Told(Milestone kind, TimeSpan at, string? type, int index)
    {
        switch (kind)
        {
            case Milestone.ContentBlockStart:
                ContentBlock(at, index, type);
                break;
            case Milestone.ContentBlockStop:
                break; // starts alone are told: an exporter keeps few events
            case Milestone.Error:
                Error(at, type);
                break;
            default:
                Reached(NameOf(kind), at);
                break;
        }
    }

    /// <summary>Response headers, <c>message_start</c>, first content, <c>message_delta</c>, <c>message_stop</c>.</summary>
    /// <param name="name">One of <see cref="SpanEvents"/>.</param>
    /// <param name="at">When, from the start.</param>
    public void Reached(string name, TimeSpan at)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.AddEvent(new ActivityEvent(name, startedAt + at));
        }
    }

    /// <summary>The start of a content block.</summary>
    public void ContentBlock(TimeSpan at, int index, string? type)
    {
        if (span is { IsAllDataRequested: true } && _blocks++ < MaxBlocks)
        {
            var tags = new ActivityTagsCollection { { CostLedgerTags.BlockIndex, index } };
            if (type is not null)
            {
                tags.Add(CostLedgerTags.BlockType, type);
            }

            span.AddEvent(new ActivityEvent(SpanEvents.ContentBlockStart, startedAt + at, tags));
        }
    }

    /// <summary>An error event, or a failure of the transfer.</summary>
    public void Error(TimeSpan at, string? errorType)
    {
        if (span is { IsAllDataRequested: true })
        {
            var tags = errorType is null ? null : new ActivityTagsCollection { { SemanticTags.ErrorType, errorType } };
            span.AddEvent(new ActivityEvent(SpanEvents.Error, startedAt + at, tags));
        }
    }

    /// <summary>Bytes after a silence. Anything up to <see cref="StallAfter"/> is passed over.</summary>
    public void Gap(TimeSpan at, TimeSpan gap)
    {
        if (gap > StallAfter && span is { IsAllDataRequested: true } && _stalls++ < MaxStalls)
        {
            var tags = new ActivityTagsCollection { { CostLedgerTags.StallGap, gap.TotalSeconds } };
            span.AddEvent(new ActivityEvent(SpanEvents.Stall, startedAt + at, tags));
        }
    }

    private static string NameOf(Milestone kind) => kind switch
    {
        Milestone.MessageStart => SpanEvents.MessageStart,
        Milestone.FirstContent => SpanEvents.FirstContent,
        Milestone.MessageDelta => SpanEvents.MessageDelta,
        _ => SpanEvents.MessageStop,
    };
}
