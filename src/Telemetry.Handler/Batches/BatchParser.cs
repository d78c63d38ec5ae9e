using Telemetry.Handler.Documents;
using Telemetry.Handler.Json;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Streaming;

namespace Telemetry.Handler.Batches;

/// <summary>Parses an answer that tells of a batch, or of several, and keeps what later readings of results need.</summary>
internal sealed class BatchParser : AnswerParser
{
    private readonly JsonSkimmer _skimmer;
    private readonly BatchMemory _memory;
    private readonly ChunkClock _clock;

    /// <param name="clock">The clock of the attempt.</param>
    /// <param name="memory">Where the batches are kept.</param>
    public BatchParser(ChunkClock clock, BatchMemory memory)
        : base(new AnswerFacts(new MessageDraft()), clock)
    {
        _clock = clock;
        _memory = memory;
        _skimmer = new JsonSkimmer(new BatchReader(Found));
    }

    /// <summary>The batch, where the answer is one; the last one of a page.</summary>
    public BatchFacts? Batch { get; private set; }

    private protected override void Parse(ReadOnlySpan<byte> bytes)
    {
        Facts.FirstEvent ??= _clock.Elapsed;
        _skimmer.Feed(bytes);
        Facts.IsComplete = _skimmer.IsDone;
        Facts.Faults |= _skimmer.HasFailed ? AnswerFaults.MalformedJson : AnswerFaults.None;
    }

    private protected override void Finish()
    {
        // A batch that was deleted may leave nothing to say.
        Facts.IsComplete |= !_skimmer.HasBegun;
        Facts.Faults |= Facts.IsComplete || _skimmer.HasFailed ? AnswerFaults.None : AnswerFaults.IncompleteJson;
    }

    private void Found(BatchFacts batch)
    {
        Batch = batch;
        _memory.Saw(batch);
    }
}
