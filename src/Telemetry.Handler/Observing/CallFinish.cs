using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>The end of an attempt: the record is priced and written, the metrics recorded, the span ended; each once.</summary>
internal sealed class CallFinish(CallSettings settings, CallSketch sketch, InferenceSpan? span, CallTicket ticket)
{
    private CallRecord? _begun;
    private Task<WriteOutcome>? _beginning;

    /// <summary>Hands the record to the ledger before the caller has read the end, so that the commit overlaps with that.</summary>
    public void BeginWrite(Ending ending)
    {
        if (_begun is null && settings.Ledger is { } ledger)
        {
            _begun = Assemble(ending).Record;
            _beginning = ledger.WriteAsync(_begun, ticket).AsTask();
        }
    }

    /// <summary>Finishes; completes when the record is durable.</summary>
    public async ValueTask WriteAsync(Ending ending)
    {
        var (record, breakdown) = Final(ending);
        var started = settings.Time.GetTimestamp();
        var writing = StoreAsync(record);
        Publish(record, breakdown);
        Tell(record, await writing.ConfigureAwait(false), started);
    }

    /// <summary>The same for callers that cannot await.</summary>
    public void Write(Ending ending)
    {
        var (record, breakdown) = Final(ending);
        var started = settings.Time.GetTimestamp();
        var outcome = Store(record);
        Publish(record, breakdown);
        Tell(record, outcome, started);
    }

    private (CallRecord Record, CostBreakdown Breakdown) Assemble(Ending ending) =>
        RecordAssembler.Assemble(sketch, ending, settings.Prices);

    // What was timed at the last event stays: waiting for a slow reader is no part of the provider's time.
    private (CallRecord Record, CostBreakdown Breakdown) Final(Ending ending)
    {
        var (record, breakdown) = Assemble(ending);
        return (_begun is null ? record : record with { Timing = _begun.Timing }, breakdown);
    }

    private async Task<WriteOutcome> StoreAsync(CallRecord record)
    {
        if (settings.Ledger is not { } ledger)
        {
            return WriteOutcome.Committed;
        }

        if (_begun is not { } begun || _beginning is not { } beginning)
        {
            return await ledger.WriteAsync(record, ticket).ConfigureAwait(false);
        }

        var outcome = await beginning.ConfigureAwait(false);
        return IsSame(begun, record) ? outcome : await ledger.WriteAsync(record, default).ConfigureAwait(false);
    }

    private WriteOutcome Store(CallRecord record)
    {
        if (settings.Ledger is not { } ledger)
        {
            return WriteOutcome.Committed;
        }

        if (_begun is not { } begun || _beginning is not { } beginning)
        {
            return ledger.Write(record, ticket);
        }

        // A synchronous reader has nothing to await with; the ledger bounds the wait.
        var outcome = beginning.GetAwaiter().GetResult();
        return IsSame(begun, record) ? outcome : ledger.Write(record, default);
    }

    private static bool IsSame(CallRecord begun, CallRecord final) =>
        begun.Outcome == final.Outcome
        && begun.Transfer == final.Transfer
        && begun.Faults.SequenceEqual(final.Faults, StringComparer.Ordinal);

    private void Publish(CallRecord record, CostBreakdown breakdown) => settings.Telemetry.Finish(span, new CallEnd
    {
        Record = record,
        Breakdown = breakdown,
        Response = sketch.Headers,
        IsCompacted = sketch.Facts?.Compacted ?? false,
        Retry = sketch.Attempt.Source,
    });

    private void Tell(CallRecord record, WriteOutcome outcome, long startedWaiting)
    {
        if (settings.Ledger is not null)
        {
            settings.Telemetry.Ledger.Wrote(outcome, settings.Time.GetElapsedTime(startedWaiting));
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
}
