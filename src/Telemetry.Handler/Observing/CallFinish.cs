using CostLedger.Pricing;
using CostLedger.Records;
using CostLedger.Writing;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Observing;

/// <summary>The end of an attempt: the record is priced and written, the span ended, the metrics recorded; each once.</summary>
internal sealed class CallFinish(CallSettings settings, CallSketch sketch, CallSpan? span, CallTicket ticket)
{
    private CallRecord? _written;
    private ValueTask<WriteOutcome> _write;
    private bool _isAwaited;

    /// <summary>Hands the record to the ledger before the caller has read the end, so that the commit overlaps with that.</summary>
    public void BeginWrite(Ending ending)
    {
        if (_written is null && settings.Ledger is { } ledger)
        {
            _written = Assemble(ending).Record;
            _write = ledger.WriteAsync(_written, ticket);
        }
    }

    /// <summary>Finishes; completes when the record is durable.</summary>
    public async ValueTask WriteAsync(Ending ending)
    {
        var (record, breakdown) = Final(ending);
        var isNew = _written is null || !IsSame(_written, record);
        var first = _written is not null && !_isAwaited ? _write : default;
        _isAwaited = true;
        var second = isNew && settings.Ledger is { } ledger && _written is null ? ledger.WriteAsync(record, ticket) : default;
        Publish(record, breakdown);
        await first.ConfigureAwait(false);
        await second.ConfigureAwait(false);
        if (isNew && _written is not null && settings.Ledger is { } again)
        {
            await again.WriteAsync(record, default).ConfigureAwait(false);
        }
    }

    /// <summary>The same for callers that cannot await.</summary>
    public void Write(Ending ending)
    {
        var (record, breakdown) = Final(ending);
        if (_written is not null && !_isAwaited)
        {
            _isAwaited = true;
            _write.AsTask().GetAwaiter().GetResult();
        }

        if (_written is null || !IsSame(_written, record))
        {
            settings.Ledger?.Write(record, _written is null ? ticket : default);
        }

        Publish(record, breakdown);
    }

    private (CallRecord Record, CostBreakdown Breakdown) Assemble(Ending ending) =>
        RecordAssembler.Assemble(sketch, ending, settings.Prices);

    // What was timed at the last event stays: waiting for a slow reader is no part of the provider's time.
    private (CallRecord Record, CostBreakdown Breakdown) Final(Ending ending)
    {
        var (record, breakdown) = Assemble(ending);
        return (_written is null ? record : record with { Timing = _written.Timing }, breakdown);
    }

    private static bool IsSame(CallRecord written, CallRecord final) =>
        written.Outcome == final.Outcome
        && written.Transfer == final.Transfer
        && written.Faults.SequenceEqual(final.Faults, StringComparer.Ordinal);

    private void Publish(CallRecord record, CostBreakdown breakdown)
    {
        settings.Telemetry.Finish(span, new FinishedCall(record, breakdown, sketch.Request, sketch.Headers, sketch.Facts?.Compacted ?? false));
    }
}
