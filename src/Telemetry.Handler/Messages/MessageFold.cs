using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Messages;

/// <summary>
/// The life of one streamed message, event by event. Tolerant: any event may come at any time, unknown ones pass, and what comes
/// after <c>message_stop</c> is only counted.
/// </summary>
internal sealed class MessageFold(MessageDraft known, AnswerFacts facts, ChunkClock clock, IMilestoneSink? milestones)
{
    private const int MostBlockMilestones = 32;
    private const string Text = "text";

    private bool _thinkingIsHidden;
    private bool _sawMetadata;
    private bool _isBlockTold;
    private long? _block;

    /// <summary>Takes in a plain delta.</summary>
    public void ApplyDelta(Field kind, long size)
    {
        if (!Begin(EventType.ContentBlockDelta))
        {
            return;
        }

        known.Received += kind switch
        {
            Field.TextSize => new Received { Text = size },
            Field.ThinkingSize => new Received { Thinking = size },
            _ => new Received { ToolInput = size },
        };
        Delta(thinkingShown: kind == Field.ThinkingSize && size > 0);
    }

    /// <summary>Takes in an event whose data is empty or no JSON object. Only the name of its line says what it was.</summary>
    public void ApplyWithoutData(EventType name, bool isMalformed)
    {
        if (Begin(name))
        {
            known.Faults |= isMalformed ? AnswerFaults.MalformedJson : AnswerFaults.None;
            if (name == EventType.Error)
            {
                Error();
            }
        }
    }

    /// <summary>Takes in any other event.</summary>
    public void Apply(MessageDraft draft, EventType type)
    {
        if (!Begin(type))
        {
            return;
        }

        if (type == EventType.Unknown)
        {
            facts.UnknownEvents++;
            return;
        }

        if (type == EventType.MessageStart)
        {
            Start(draft);
        }

        KeepLargestEstimate(draft);
        known.Overlay(draft);
        Step(draft, type);
    }

    /// <summary>There are no more events.</summary>
    public void Finish() => EndThinking();

    private void Step(MessageDraft draft, EventType type)
    {
        switch (type)
        {
            case EventType.ContentBlockStart:
                StartBlock(draft);
                break;
            case EventType.ContentBlockDelta:
                StartUnstartedBlock(draft);
                Delta(thinkingShown: draft.Received.Thinking > 0);
                break;
            case EventType.ContentBlockStop:
                EndThinking();
                StopBlock();
                break;
            case EventType.MessageDelta:
                MessageDelta(draft);
                break;
            case EventType.MessageStop:
                Stop();
                break;
            case EventType.Metadata:
                Metadata(draft);
                break;
            case EventType.Completion:
                Completion(draft);
                break;
            case EventType.Error:
                Error();
                break;
            default:
                break;
        }
    }

    private bool Begin(EventType type)
    {
        facts.Events++;
        facts.Pings += type == EventType.Ping ? 1 : 0;
        if (!facts.SawMessageStop)
        {
            return true;
        }

        facts.EventsAfterStop++;
        if (type != EventType.Ping)
        {
            known.Faults |= AnswerFaults.EventsAfterStop;
        }

        return false;
    }

    private void Start(MessageDraft draft)
    {
        if (!facts.SawMessageStart)
        {
            facts.SawMessageStart = true;
            facts.FirstEvent = clock.Elapsed;
            Tell(Milestone.MessageStart);
            return;
        }

        facts.DuplicateMessageStarts++;
        known.Faults |= AnswerFaults.DuplicateMessageStart;
        if (!string.Equals(draft[Field.Id], known[Field.Id], StringComparison.Ordinal))
        {
            // Another message took this one's place: nothing of the first one's usage is the second one's.
            known.ClearUsage();
            known[Field.StopReason] = known[Field.StopCategory] = null;
            facts.OutputIsFinal = false;
        }
    }

    private void StartBlock(MessageDraft draft)
    {
        EndThinking();
        _block = draft.Counts[Field.BlockIndex];
        known.ContentBlocks += draft.ContentBlocks == 0 ? 1 : 0;
        _thinkingIsHidden = draft.Received.Thinking == 0 && string.Equals(draft[Field.BlockType], "thinking", StringComparison.Ordinal);
        if (known.ContentBlocks <= MostBlockMilestones)
        {
            var index = draft.Counts[Field.Index] ?? _block ?? (known.ContentBlocks - 1);
            _isBlockTold = true;
            Tell(Milestone.ContentBlockStart, (int)index, draft[Field.BlockType] ?? (draft.Received.Text > 0 ? Text : null));
        }
    }

    private void StopBlock()
    {
        if (_isBlockTold)
        {
            _isBlockTold = false;
            Tell(Milestone.ContentBlockStop);
        }
    }

    // ConverseStream starts none but blocks of tools: a delta of another block than the last is the start of it.
    private void StartUnstartedBlock(MessageDraft draft)
    {
        if (draft.Counts[Field.BlockIndex] is { } block && block != _block)
        {
            StartBlock(draft);
        }
    }

    private void Delta(bool thinkingShown)
    {
        facts.Deltas++;
        _thinkingIsHidden &= !thinkingShown;
        if (facts.FirstContent is null)
        {
            facts.FirstContent = clock.Elapsed;
            Tell(Milestone.FirstContent);
        }
    }

    private void EndThinking()
    {
        known.HiddenThinking |= _thinkingIsHidden;
        _thinkingIsHidden = false;
    }

    private void MessageDelta(MessageDraft draft)
    {
        facts.OutputIsFinal |= draft.Counts[Field.Output] is not null;
        if (!facts.SawMessageDelta)
        {
            facts.SawMessageDelta = true;
            Tell(Milestone.MessageDelta);
        }

        if (_sawMetadata)
        {
            Stop();
        }
    }

    private void Metadata(MessageDraft draft)
    {
        _sawMetadata = true;
        facts.OutputIsFinal |= draft.Counts[Field.Output] is not null;
        if (facts.SawMessageDelta)
        {
            Stop();
        }
    }

    // A legacy text completion has neither a first nor a last event of its own; the piece that says why it stopped is the last.
    private void Completion(MessageDraft draft)
    {
        if (!facts.SawMessageStart)
        {
            Start(draft);
            known.ContentBlocks++;
        }

        Delta(thinkingShown: false);
        if (draft[Field.StopReason] is not null)
        {
            Stop();
        }
    }

    private void Stop()
    {
        EndThinking();
        facts.SawMessageStop = facts.IsComplete = true;

        // A message that came whole in message_start has no message_delta; its stop reason shows that its usage is final.
        facts.OutputIsFinal |= !facts.SawMessageDelta && known[Field.StopReason] is not null && known.Counts[Field.Output] is not null;
        Tell(Milestone.MessageStop);
    }

    private void Error()
    {
        if (!facts.SawErrorEvent)
        {
            facts.SawErrorEvent = true;
            Tell(Milestone.Error);
        }
    }

    private void KeepLargestEstimate(MessageDraft draft)
    {
        if (known.Counts[Field.EstimatedThinking] > draft.Counts[Field.EstimatedThinking])
        {
            draft.Counts.Set(Field.EstimatedThinking, known.Counts[Field.EstimatedThinking] ?? 0);
        }
    }

    private void Tell(Milestone kind, int index = -1, string? blockType = null) =>
        milestones?.OnMilestone(kind, index, blockType, clock.Now);
}
