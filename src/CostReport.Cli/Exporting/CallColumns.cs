using CostLedger.Records;
using CostReport.Cli.Caching;
using CostReport.Cli.Calls;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Exporting;

/// <summary>Everything that is known of calls, an attempt a row. Names and order are kept; what is new comes at the end.</summary>
internal static class CallColumns
{
    private static readonly (string Name, Func<CallRecord, Field> Value)[] s_all =
    [
        ("id", c => Field.Of(c.Id.ToString())),
        ("started_at", c => Field.Of(Rfc3339.Utc(c.StartedAt))),
        ("first_attempt_id", c => Field.Of(c.FirstAttemptId?.ToString())),
        ("attempt", c => Field.Of(c.Attempt)),
        ("provider", c => Field.Of(c.Provider.Name())),
        ("operation", c => Field.Of(c.Operation.Name())),
        ("host", c => Field.Of(c.Host)),
        ("location", c => Field.Of(c.Location)),
        ("model", c => Field.Of(c.Model)),
        ("model_requested", c => Field.Of(c.ModelRequested)),
        ("model_served", c => Field.Of(c.ModelServed)),
        ("model_alias", c => Field.Of(c.ModelAlias)),
        ("message_id", c => Field.Of(c.MessageId)),
        ("request_id", c => Field.Of(c.RequestId)),
        ("batch_id", c => Field.Of(c.BatchId)),
        ("custom_id", c => Field.Of(c.CustomId)),
        ("batch_requests", c => Field.Of(c.BatchRequests)),
        ("stream", c => Field.Of(c.IsStream)),
        ("http_status", c => Field.Of(c.HttpStatus)),
        ("outcome", c => Field.Of(c.Outcome.Name())),
        ("stream_end", c => Field.Of(c.StreamEnd?.Name())),
        ("error_type", c => Field.Of(c.ErrorType)),
        ("stop_reason", c => Field.Of(c.StopReason)),
        ("refusal_category", c => Field.Of(c.RefusalCategory)),
        ("retry_after_ms", c => Time(c.RetryAfter)),
        ("session", c => Field.Of(c.Labels.Session)),
        ("conversation", c => Field.Of(c.Labels.Conversation)),
        ("turn", c => Field.Of(c.Labels.Turn)),
        ("tags", c => JsonField.Of(c.Labels.Tags)),
        ("input_tokens", c => Field.Of(c.Usage?.InputTokens)),
        ("output_tokens", c => Field.Of(c.Usage?.OutputTokens)),
        ("thinking_tokens", c => Field.Of(c.Usage?.ThinkingTokens)),
        ("cache_read_input_tokens", c => Field.Of(c.Usage?.CacheReadInputTokens)),
        ("cache_creation_input_tokens", c => Field.Of(c.Usage?.CacheCreationInputTokens)),
        ("cache_creation_5m_input_tokens", c => Field.Of(CacheWrites.Of(c.Usage).FiveMinutes)),
        ("cache_creation_1h_input_tokens", c => Field.Of(CacheWrites.Of(c.Usage).OneHour)),
        ("web_search_requests", c => Field.Of(c.Usage?.WebSearchRequests)),
        ("web_fetch_requests", c => Field.Of(c.Usage?.WebFetchRequests)),
        ("code_execution_requests", c => Field.Of(c.Usage?.CodeExecutionRequests)),
        ("service_tier", c => Field.Of(c.Usage?.ServiceTier)),
        ("speed", c => Field.Of(c.Usage?.Speed)),
        ("inference_geo", c => Field.Of(c.Usage?.InferenceGeo)),
        ("cost_basis", c => Field.Of(c.Cost.Basis.Name())),
        ("cost_usd", c => Field.Of(c.Cost.Total)),
        ("cost_usd_input", c => Field.Of(c.Cost.ByClass?.Input)),
        ("cost_usd_output", c => Field.Of(c.Cost.ByClass?.Output)),
        ("cost_usd_cache_read", c => Field.Of(c.Cost.ByClass?.CacheRead)),
        ("cost_usd_cache_write_5m", c => Field.Of(c.Cost.ByClass?.CacheWrite5m)),
        ("cost_usd_cache_write_1h", c => Field.Of(c.Cost.ByClass?.CacheWrite1h)),
        ("cost_usd_server_tools", c => Field.Of(c.Cost.ByClass?.ServerTools)),
        ("cost_usd_low", c => Field.Of(c.Cost.LowerBound)),
        ("cost_usd_high", c => Field.Of(c.Cost.UpperBound)),
        ("saved_by_cache_usd", c => Field.Of(c.Cost.SavedByCache)),
        ("cost_marks", c => JsonField.Of(c.Cost.Marks)),
        ("price_version", c => Field.Of(c.Cost.PriceVersion)),
        ("duration_ms", c => Time(c.Timing.Total)),
        ("headers_ms", c => Time(c.Timing.Headers)),
        ("first_event_ms", c => Time(c.Timing.FirstEvent)),
        ("first_content_ms", c => Time(c.Timing.FirstContent)),
        ("longest_gap_ms", c => Time(c.Timing.LongestGap)),
        ("request_bytes", c => Field.Of(c.Transfer.RequestBytes)),
        ("response_bytes", c => Field.Of(c.Transfer.ResponseBytes)),
        ("events", c => Field.Of(c.Transfer.Events)),
        ("is_connection_reused", c => c.Transfer.IsConnectionReused is { } isReused ? Field.Of(isReused) : Field.Null),
        ("estimated_input_tokens", c => Field.Of(c.Estimate?.InputTokens)),
        ("estimated_input_tokens_low", c => Field.Of(c.Estimate?.InputTokensLow)),
        ("estimated_input_tokens_high", c => Field.Of(c.Estimate?.InputTokensHigh)),
        ("expected_cache_read_tokens", c => Field.Of(c.Estimate?.ExpectedCacheReadTokens)),
        ("expected_cost_usd", c => Field.Of(c.Estimate?.ExpectedCost)),
        ("estimated_output_tokens", c => Field.Of(c.Estimate?.OutputTokens)),
        ("cache_break_reason", c => Field.Of(c.CacheBreak?.Reason)),
        ("cache_break_is_missed", c => c.CacheBreak is { } lost ? Field.Of(lost.IsMissed) : Field.Null),
        ("cache_break_level", c => Field.Of(c.CacheBreak is { } lost ? CacheWords.Level(lost.Level) : null)),
        ("cache_break_segment", c => Field.Of(c.CacheBreak?.Segment)),
        ("cache_break_tokens_lost", c => Field.Of(c.CacheBreak?.TokensLost)),
        ("cache_break_cost_lost_usd", c => Field.Of(c.CacheBreak?.CostLost)),
        ("cache_verdict_reason", c => Field.Of(c.CacheVerdict?.Reason)),
        ("bedrock_invocation_latency_ms", c => Time(c.InvocationMetrics?.InvocationLatency)),
        ("bedrock_first_byte_latency_ms", c => Time(c.InvocationMetrics?.FirstByteLatency)),
        ("faults", c => JsonField.Of(c.Faults)),
        ("parts", c => JsonField.Of(c.Timing.Parts)),
    ];

    private static readonly string[] s_names = [.. s_all.Select(column => column.Name)];

    /// <summary>The calls, read as they are written.</summary>
    public static Dataset Of(IEnumerable<CallRecord> calls) => new("calls", s_names, calls.Select(Row));

    private static IReadOnlyList<Field> Row(CallRecord call)
    {
        var row = new Field[s_all.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = s_all[i].Value(call);
        }

        return row;
    }

    private static Field Time(TimeSpan? time) => Field.Of(CallData.Milliseconds(time));
}
