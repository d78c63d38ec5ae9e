using System.Diagnostics.Metrics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;

namespace Telemetry.Handler.Metrics;

/// <summary>The metrics of calls.</summary>
internal sealed class CallMetrics
{
    private readonly V141Metrics? _v141;
    private readonly LatestMetrics? _latest;
    private readonly CostMetrics _cost;
    private readonly AttemptMetrics _attempts;
    private readonly CacheMetrics _caches;

    public CallMetrics(Meter meter, SemanticConventions conventions)
    {
        _v141 = conventions.HasV141() ? new V141Metrics(meter) : null;
        _latest = conventions.HasLatest() ? new LatestMetrics(meter) : null;
        _cost = new CostMetrics(meter);
        _attempts = new AttemptMetrics(meter);
        _caches = new CacheMetrics(meter);
    }

    /// <summary>Watches the output of a streamed answer arrive. Without a listener nothing is built.</summary>
    /// <param name="call">The call so far.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null: nobody wants to know.</returns>
    public OutputChunks? WatchChunks(CallRecord call, TimeProvider time)
    {
        var v141 = _v141?.PerChunk is { Enabled: true } old ? old : null;
        var latest = _latest?.PerChunk is { Enabled: true } renamed ? renamed : null;
        return v141 is null && latest is null ? null : new OutputChunks(v141, latest, CommonTags.Of(call), time);
    }

    /// <summary>Records an attempt that has ended, and its operation where it ended with it. Without a listener nothing is built.</summary>
    /// <param name="end">The call.</param>
    /// <param name="withConventions">False where somebody else records the conventions' metrics of this call.</param>
    public void Record(in CallEnd end, bool withConventions)
    {
        withConventions = withConventions && IsOperation(end) && (_v141 is { IsEnabled: true } || _latest is { IsEnabled: true });
        if (!withConventions && !_cost.IsEnabled && !_attempts.IsEnabled && !_caches.IsEnabled)
        {
            return;
        }

        var common = CommonTags.Of(end.Record);
        _attempts.Record(end, common);
        _caches.Record(end.Record, common);

        // The usage of a token count is its answer, not something that was used.
        if (TagValues.IsInference(end.Record.Operation) || end.Record.Operation == Operation.BatchResult)
        {
            _cost.Record(end, common);
        }

        if (withConventions)
        {
            _v141?.Record(end, common);
            _latest?.Record(end, common);
        }
    }

    // The conventions' metrics count what creates messages, once each, and no attempts.
    private static bool IsOperation(in CallEnd end) => end.Operation.End != OperationEnd.No && TagValues.IsInference(end.Record.Operation);
}
