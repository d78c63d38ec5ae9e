using CostLedger.Records;
using Telemetry.Handler.Documents;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Messages;

/// <summary>What an answer has told so far. Valid at any time; only the parser changes it.</summary>
internal sealed class AnswerFacts
{
    private readonly MessageDraft _known;

    internal AnswerFacts(MessageDraft known) => _known = known;

    /// <summary>The provider's id of the message (<c>msg_…</c>).</summary>
    public string? MessageId => _known[Field.Id];

    /// <summary>The model that answered; null where it is not told, or has no name.</summary>
    public string? Model => _known[Field.Model] is { Length: > 0 } model ? model : null;

    /// <summary>The usage, field by field the last that was told. Built anew on each call.</summary>
    public TokenUsage Usage => _known.ToUsage();

    /// <summary>The output tokens in <see cref="Usage"/>, without building it.</summary>
    public long? OutputTokens => _known.Counts[Field.Output];

    /// <summary>Bedrock's own measurements within the answer; null when it has none.</summary>
    public InvocationMetrics? InvocationMetrics => _known.ToInvocationMetrics();

    /// <summary>Whether any usage was told.</summary>
    public bool HasUsage => _known.HasUsage;

    /// <summary>
    /// Whether the output tokens in <see cref="Usage"/> are the answer's, and not the placeholder with which a stream begins.
    /// </summary>
    public bool OutputIsFinal { get; internal set; }

    public string? StopReason => _known[Field.StopReason];

    /// <summary>Why the model refused (<c>stop_details.category</c>).</summary>
    public string? RefusalCategory => _known[Field.StopCategory];

    /// <summary>The API's error type, of an error body or an <c>error</c> event.</summary>
    public string? ErrorType => _known[Field.ErrorType];

    /// <summary>The API's finer error code (<c>error.details.error_code</c>).</summary>
    public string? ErrorCode => _known[Field.ErrorCode];

    /// <summary>The request id that an error carries in itself.</summary>
    public string? RequestIdFromBody => _known[Field.RequestId];

    /// <summary>The true size of a prompt that was too long, where the error's text tells it.</summary>
    public long? PromptTokensFromError => _known.Counts[Field.PromptTokens];

    /// <summary>What a token count counted.</summary>
    public long? InputTokensCounted => _known.Counts[Field.CountedInput];

    public bool SawMessageStart { get; internal set; }

    public bool SawMessageDelta { get; internal set; }

    public bool SawMessageStop { get; internal set; }

    public bool SawErrorEvent { get; internal set; }

    /// <summary>Whether a whole JSON answer is an error, whatever its status.</summary>
    public bool IsErrorDocument => _known.Type == EventType.Error || (ErrorType is not null && !IsMessage);

    /// <summary>Whether a whole JSON answer has anything that a message has.</summary>
    public bool IsMessage => HasUsage || ContentBlocks > 0 || MessageId is not null || StopReason is not null
        || _known.Type is EventType.Message or EventType.Completion;

    /// <summary>Whether the answer is whole: the last event was seen, or the JSON body was read to its end.</summary>
    public bool IsComplete { get; internal set; }

    /// <summary>Events of the stream, unknown ones and those after the end included.</summary>
    public long Events { get; internal set; }

    public long Pings { get; internal set; }

    public long ContentBlocks => _known.ContentBlocks;

    /// <summary><c>content_block_delta</c> events, and pieces of a legacy completion.</summary>
    public long Deltas { get; internal set; }

    /// <summary>Events of a type that is not known here.</summary>
    public long UnknownEvents { get; internal set; }

    /// <summary>Events after <c>message_stop</c>, pings included. They change nothing else.</summary>
    public long EventsAfterStop { get; internal set; }

    /// <summary><c>message_start</c> events after the first.</summary>
    public long DuplicateMessageStarts { get; internal set; }

    /// <summary>From the start of the attempt to <c>message_start</c>, or to the first byte of a JSON body.</summary>
    public TimeSpan? FirstEvent { get; internal set; }

    /// <summary>From the start of the attempt to the first <c>content_block_delta</c>; null when not streamed.</summary>
    public TimeSpan? FirstContent { get; internal set; }

    /// <summary>The output that was received, by kind, in bytes.</summary>
    public Received Received => _known.Received;

    /// <summary>The largest number of thinking tokens that the stream itself estimated (<c>delta.estimated_tokens</c>).</summary>
    public long? EstimatedThinkingTokens => _known.Counts[Field.EstimatedThinking];

    /// <summary>Whether there was thinking whose text was not sent: what was received says too little of the output.</summary>
    public bool HiddenThinking => _known.HiddenThinking;

    /// <summary>Whether the server edited the context (<c>context_management.applied_edits</c>).</summary>
    public bool ContextEdited => _known.ContextEdited;

    /// <summary>Whether the conversation was compacted: by a compaction block or iteration.</summary>
    public bool Compacted => _known.Compacted || (_known.Iterations?.Exists(static i => string.Equals(i.Type, "compaction", StringComparison.Ordinal)) ?? false);

    /// <summary>
    /// What the server's cache diagnosis says: the reason of the miss, <c>none</c>, or <c>pending</c>; null when it was not asked.
    /// </summary>
    public string? CacheDiagnosis => _known[Field.CacheDiagnosis];

    /// <summary>The input tokens that missed the cache, as the diagnosis estimates.</summary>
    public long? CacheMissedInputTokens => _known.Counts[Field.CacheMissedTokens];

    public AnswerFaults Faults
    {
        get => _known.Faults;
        internal set => _known.Faults = value;
    }

    /// <summary>The faults as they are written: <c>malformed_json</c> and the like, in a fixed order.</summary>
    public IReadOnlyList<string> FaultNames => FaultName.All(Faults);
}
