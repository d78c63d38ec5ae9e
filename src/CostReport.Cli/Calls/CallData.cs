using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Calls;

/// <summary>Calls, exact, an attempt a row, for CSV.</summary>
internal static class CallData
{
    private static readonly string[] Columns =
    [
        "id", "started_at", "provider", "operation", "model_requested", "model", "message_id", "request_id", "stream",
        "http_status", "outcome", "error_type", "stop_reason", "attempt", "session", "conversation", "tags", "cost_basis", "cost_usd",
        "cost_usd_input", "cost_usd_output", "cost_usd_cache_read", "cost_usd_cache_write_5m", "cost_usd_cache_write_1h",
        "cost_usd_server_tools", "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_5m_input_tokens",
        "cache_creation_1h_input_tokens", "web_search_requests", "thinking_tokens", "duration_ms", "first_content_ms", "price_version",
    ];

    /// <summary>The calls, read as they are written.</summary>
    public static Dataset Of(IEnumerable<CallRecord> calls) => new("calls", Columns, calls.Select(Row));

    /// <summary>Milliseconds, exact.</summary>
    public static decimal? Milliseconds(TimeSpan? time) => time is { } t ? t.Ticks / (decimal)TimeSpan.TicksPerMillisecond : null;

    private static IReadOnlyList<Field> Row(CallRecord call)
    {
        var (usage, writes, cost) = (call.Usage, CacheWrites.Of(call.Usage), call.Cost.ByClass);
        return
        [
            Field.Of(call.Id.ToString()), Field.Of(Rfc3339.Utc(call.StartedAt)), Field.Of(call.Provider.Name()), Field.Of(call.Operation.Name()),
            Field.Of(call.ModelRequested), Field.Of(call.Model), Field.Of(call.MessageId), Field.Of(call.RequestId), Field.Of(call.IsStream),
            Field.Of(call.HttpStatus), Field.Of(call.Outcome.Name()), Field.Of(call.ErrorType), Field.Of(call.StopReason), Field.Of(call.Attempt),
            Field.Of(call.Labels.Session), Field.Of(call.Labels.Conversation), Field.Of(Tags(call.Labels.Tags)),
            Field.Of(call.Cost.Basis.Name()), Field.Of(cost?.Total),
            Field.Of(cost?.Input), Field.Of(cost?.Output), Field.Of(cost?.CacheRead), Field.Of(cost?.CacheWrite5m), Field.Of(cost?.CacheWrite1h),
            Field.Of(cost?.ServerTools), Field.Of(usage?.InputTokens), Field.Of(usage?.OutputTokens), Field.Of(usage?.CacheReadInputTokens),
            Field.Of(writes.FiveMinutes), Field.Of(writes.OneHour), Field.Of(usage?.WebSearchRequests), Field.Of(usage?.ThinkingTokens),
            Field.Of(Milliseconds(call.Timing.Total)), Field.Of(Milliseconds(call.Timing.FirstContent)), Field.Of(call.Cost.PriceVersion),
        ];
    }

    private static string Tags(IReadOnlyDictionary<string, string> tags) => string.Join(';', tags.Select(t => $"{t.Key}={t.Value}"));
}
