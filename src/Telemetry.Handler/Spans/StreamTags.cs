using System.Diagnostics;
using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>How the attempt went over the wire.</summary>
internal static class StreamTags
{
    public static void Set(Activity activity, CallRecord record)
    {
        activity.SetTag(CostLedgerTags.AttemptOrdinal, record.Attempt);
        activity.SetTag(CostLedgerTags.AttemptOutcome, record.Outcome.Name());
        activity.SetTag(GenAiTags.HttpStatusCode, record.HttpStatus);
        if (record.Attempt > 1)
        {
            activity.SetTag(GenAiTags.HttpResendCount, record.Attempt - 1);
        }

        activity.SetTag(CostLedgerTags.RetryAfter, record.RetryAfter?.TotalSeconds);
        activity.SetTag(CostLedgerTags.StreamHeaders, record.Timing.Headers?.TotalSeconds);
        activity.SetTag(CostLedgerTags.StreamBytes, record.Transfer.ResponseBytes);
        activity.SetTag(CostLedgerTags.StreamChunks, record.Transfer.Chunks);
        activity.SetTag(CostLedgerTags.StreamEnd, record.StreamEnd?.Name());
        if (record.IsStream)
        {
            activity.SetTag(CostLedgerTags.StreamFirstEvent, record.Timing.FirstEvent?.TotalSeconds);
            activity.SetTag(CostLedgerTags.StreamMaxGap, record.Timing.LongestGap?.TotalSeconds);
            activity.SetTag(CostLedgerTags.StreamEvents, record.Transfer.Events);
            activity.SetTag(CostLedgerTags.StreamPings, record.Transfer.Pings);
            activity.SetTag(CostLedgerTags.StreamContentBlocks, record.Transfer.ContentBlocks);
        }
    }
}
