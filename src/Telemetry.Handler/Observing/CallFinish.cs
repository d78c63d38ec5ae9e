using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>The end of an attempt: the record is priced and written, the metrics recorded, the span ended; each once.</summary>
internal sealed class CallFinish(CallSettings settings, CallSketch sketch, InferenceSpan? span, CallTicket ticket)
{
    /// <summary>Finishes; completes when the record is durable.</summary>
    public async ValueTask WriteAsync(Ending ending)
    {
        if (sketch.Prompt is { } prompt)
        {
            await prompt.WaitAsync().ConfigureAwait(false);
        }

        var (record, breakdown) = Assemble(ending);
        var started = settings.Time.GetTimestamp();
        var writing = settings.Ledger?.WriteAsync(record, ticket) ?? new ValueTask<WriteOutcome>(WriteOutcome.Committed);
        Publish(record, breakdown);
        Tell(record, await writing.ConfigureAwait(false), started);
    }

    /// <summary>The same for callers that cannot await.</summary>
    public void Write(Ending ending)
    {
        sketch.Prompt?.Wait();
        var (record, breakdown) = Assemble(ending);
        var started = settings.Time.GetTimestamp();
        var outcome = settings.Ledger?.Write(record, ticket) ?? WriteOutcome.Committed;
        Publish(record, breakdown);
        Tell(record, outcome, started);
    }

    private (CallRecord Record, CostBreakdown Breakdown) Assemble(Ending ending)
    {
        var (record, breakdown) = RecordAssembler.Assemble(sketch, ending, settings.Prices);
        var lost = sketch.Prompt is { } prompt
            ? Quietly.Run("diagnose cache", (prompt, record, settings.Prices, sketch), static s => s.prompt.Settle(s.record, s.Prices, s.sketch.HasServerWork, s.sketch.Facts?.ContextEdited ?? false), otherwise: null)
            : null;
        sketch.CacheDiff = lost?.Diff;
        return (lost is null ? record : record with { CacheBreak = lost.Value.Lost }, breakdown);
    }

    private void Publish(CallRecord record, CostBreakdown breakdown)
    {
        // An answer can be there before its prompt was read.
        Quietly.Run("describe estimate", new PromptSteps(settings, sketch, span), static steps => steps.Describe());

        var end = new CallEnd
        {
            Record = record,
            Breakdown = breakdown,
            Response = sketch.Headers,
            IsCompacted = sketch.Facts?.Compacted ?? false,
            Attempt = sketch.Attempt,
            Operation = sketch.OpenAttempt?.End(record, sketch.Headers?.ShouldRetry) ?? default,
            CostLimit = sketch.CostLimit,
            CacheDiff = sketch.CacheDiff,
            Content = Quietly.Run("capture end", sketch, static s => s.Content?.Build(s.Facts?.StopReason), otherwise: null),
        };

        // Before the span is over: a log event is tied to the span that is current, and one that has ended cannot be.
        settings.Events?.Finish(span?.Activity, end, sketch.Failure, sketch.Details);
        settings.Telemetry.Finish(span, end, settings.ClientMetrics);
    }

    private void Tell(CallRecord record, WriteOutcome outcome, long startedWaiting)
    {
        if (settings.Ledger is not null)
        {
            settings.Telemetry.Ledger.Wrote(outcome, settings.Time.GetElapsedTime(startedWaiting));
        }

        if (settings.Prompts is { } prompts && sketch.Prompt?.Readout is { } readout)
        {
            Quietly.Run("learn", (prompts, readout, record, outcome, sketch), static s => Learn(s.prompts, s.readout, s.record, s.outcome, s.sketch));
        }

        if (record is { Cost.Basis: CostBasis.Unpriced, Model: { } model, Usage: not null })
        {
            HandlerEventSource.Log.ModelUnpriced(model, record.Provider.Name());
        }

        if (outcome == WriteOutcome.Lost)
        {
            HandlerEventSource.Log.LedgerLost(record.Id.ToString());
        }
        else if (outcome == WriteOutcome.Spooled && HandlerEventSource.Log.IsEnabled())
        {
            HandlerEventSource.Log.LedgerSpooled(record.Id.ToString());
        }
    }

    private static void Learn(PromptWatch prompts, PromptReadout readout, CallRecord record, WriteOutcome outcome, CallSketch sketch)
    {
        if (record.Prompt is { } path)
        {
            prompts.Confirm(path, outcome);
        }

        // What the provider's own tools, or a compaction, added was not in the request; what it cleared was not counted.
        var isOwn = !sketch.HasServerWork && sketch.Facts is { Compacted: false, ContextEdited: false } && record.Usage is { Iterations.Count: 0 };
        var isWhole = record.Outcome == CallOutcome.Success;
        var input = isOwn && isWhole ? record.Usage?.TotalInputTokens : null;
        var output = isWhole && record.Operation != Operation.CountTokens ? record.Usage?.OutputTokens : null;
        if (input is not null || output is not null)
        {
            // Some tens of microseconds, which no caller has to wait for.
            ThreadPool.UnsafeQueueUserWorkItem(
                static s => Quietly.Run("learn", s, static s => s.prompts.Learn(s.readout, s.input, s.output)), (prompts, readout, input, output), preferLocal: false);
        }
    }
}
