using CostLedger.Records;
using CostLedger.Rows.Tables;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows;

/// <summary>
/// Stores records within a transaction that the caller holds. A record with a stored key replaces the stored one. A batch's result
/// is told by its batch and its name in it, whatever its key: the row that is there stays, since a result never changes.
/// </summary>
internal sealed class RecordWriter : IDisposable
{
    // The index would make a replacing insert drop another row's details, and leave its call without any.
    internal const string FindResultSql = "SELECT 1 FROM call_details WHERE batch_id = ?1 AND custom_id = ?2 AND id <> ?3";

    private const string PutCallSql = """
        INSERT OR REPLACE INTO calls (
          id, attempt, provider, operation, outcome, http_status, model, session, conversation, tag_set,
          stop_reason, error_type, input_tokens, output_tokens, thinking_tokens, cache_read_tokens, cache_creation_tokens,
          cache_5m_tokens, cache_1h_tokens, web_searches, estimated_output, cost_basis, cost_input, cost_output,
          cost_cache_read, cost_cache_5m, cost_cache_1h, cost_server_tools, saved_by_cache, price_book,
          first_content_us, duration_us)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
          ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)
        """;

    private const string PutDetailsSql = """
        INSERT OR REPLACE INTO call_details (
          id, first_attempt, message_id, request_id, model_requested, model_served, host, location, is_stream, stream_end,
          turn, cost_low, cost_high, headers_us, first_event_us, longest_gap_us, request_bytes, response_bytes, events,
          chunks, pings, content_blocks, estimated_input, service_tier, speed, inference_geo, refusal, written_us, extra,
          batch_id, custom_id, limit_scope, is_connection_reused)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
          ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)
        """;

    private readonly Statement _putCall;
    private readonly Statement _putDetails;
    private readonly Statement _writtenAt;
    private readonly Statement _findResult;
    private readonly NameTable _names;
    private readonly LimitWriter _limits;
    private readonly PromptWriter _prompts;
    private readonly EstimateWriter _estimates;
    private readonly CacheWriter _caches;
    private readonly ToolWriter _tools;

    public RecordWriter(SqliteConnection connection)
    {
        _putCall = new Statement(connection, PutCallSql);
        _putDetails = new Statement(connection, PutDetailsSql);
        _writtenAt = new Statement(
            connection,
            "SELECT coalesce(d.written_us, 0) FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id WHERE c.id = ?1");
        _findResult = new Statement(connection, FindResultSql);
        _names = new NameTable(connection);
        _limits = new LimitWriter(connection, _names);
        _prompts = new PromptWriter(connection, _names);
        _estimates = new EstimateWriter(connection, _names);
        _caches = new CacheWriter(connection, _names);
        _tools = new ToolWriter(connection, _names);
    }

    /// <summary>Stores a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="writtenUs">When it was handed to the ledger, Unix microseconds.</param>
    /// <returns>False when the ledger has this result of a batch already, under another key.</returns>
    public bool Put(CallRecord record, long writtenUs)
    {
        if (IsKnownResult(record))
        {
            return false;
        }

        // A new call has nothing to replace: that is nearly every call, and the caller waits.
        var isStored = _estimates.Put(record);
        PutCall(record);
        PutDetails(record, writtenUs);
        _limits.Put(record);
        _prompts.Put(record, isStored);
        _caches.Put(record, isStored);
        _tools.Put(record, isStored);
        return true;
    }

    /// <summary>When a stored record was handed to the ledger, Unix microseconds.</summary>
    /// <returns>The time; null when there is no such record.</returns>
    public long? WrittenAt(CallId id)
    {
        _writtenAt.Bind(1, id);
        return _writtenAt.ReadNumber();
    }

    /// <summary>Must be called when the transaction was rolled back.</summary>
    public void Forget()
    {
        _names.Forget();
        _limits.Forget();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _putCall.Dispose();
        _putDetails.Dispose();
        _writtenAt.Dispose();
        _findResult.Dispose();
        _limits.Dispose();
        _prompts.Dispose();
        _estimates.Dispose();
        _caches.Dispose();
        _tools.Dispose();
        _names.Dispose();
    }

    private static long? Microseconds(TimeSpan? time) => time?.Ticks / TimeSpan.TicksPerMicrosecond;

    private bool IsKnownResult(CallRecord record)
    {
        if (record is not { BatchId: { } batch, CustomId: { } name })
        {
            return false;
        }

        _findResult.Bind(1, Statement.Clean(batch));
        _findResult.Bind(2, Statement.Clean(name));
        _findResult.Bind(3, record.Id);
        return _findResult.ReadNumber() is not null;
    }

    private void PutCall(CallRecord record)
    {
        var usage = record.Usage;
        var put = _putCall;
        put.Bind(1, record.Id);
        put.Bind(2, record.Attempt);
        put.Bind(3, (int)record.Provider);
        put.Bind(4, (int)record.Operation);
        put.Bind(5, (int)record.Outcome);
        put.Bind(6, record.HttpStatus);
        put.Bind(7, _names.Id(record.Model));
        put.Bind(8, _names.Id(record.Labels.Session));
        put.Bind(9, _names.Id(record.Labels.Conversation));
        put.Bind(10, _names.Id(record.Labels.Tags));
        put.Bind(11, _names.Id(record.StopReason));
        put.Bind(12, _names.Id(record.ErrorType));
        put.Bind(13, usage?.InputTokens);
        put.Bind(14, usage?.OutputTokens);
        put.Bind(15, usage?.ThinkingTokens);
        put.Bind(16, usage?.CacheReadInputTokens);
        put.Bind(17, usage?.CacheCreationInputTokens);
        put.Bind(18, usage?.CacheCreation5mInputTokens);
        put.Bind(19, usage?.CacheCreation1hInputTokens);
        put.Bind(20, usage?.WebSearchRequests);
        put.Bind(21, record.Estimate?.OutputTokens);
        BindCost(put, record.Cost);
        put.Bind(31, Microseconds(record.Timing.FirstContent));
        put.Bind(32, Microseconds(record.Timing.Total));
        put.Run();
    }

    private void BindCost(Statement put, CallCost cost)
    {
        var byClass = cost.ByClass;
        put.Bind(22, (int)cost.Basis);
        put.Bind(23, byClass?.Input.Value);
        put.Bind(24, byClass?.Output.Value);
        put.Bind(25, byClass?.CacheRead.Value);
        put.Bind(26, byClass?.CacheWrite5m.Value);
        put.Bind(27, byClass?.CacheWrite1h.Value);
        put.Bind(28, byClass?.ServerTools.Value);
        put.Bind(29, cost.SavedByCache?.Value);
        put.Bind(30, _names.VersionId(cost.PriceVersion));
    }

    private void PutDetails(CallRecord record, long writtenUs)
    {
        var put = _putDetails;
        put.Bind(1, record.Id);
        BindFirstAttempt(put, record.FirstAttemptId);
        put.Bind(3, record.MessageId is { } message ? Statement.Clean(message) : null);
        put.Bind(4, record.RequestId is { } request ? Statement.Clean(request) : null);
        put.Bind(5, _names.Id(record.ModelRequested));
        put.Bind(6, _names.Id(record.ModelServed));
        put.Bind(7, _names.Id(record.Host));
        put.Bind(8, _names.Id(record.Location));
        put.Bind(9, record.IsStream ? 1 : 0);
        put.Bind(10, (int?)record.StreamEnd);
        put.Bind(11, record.Labels.Turn);
        put.Bind(12, record.Cost.LowerBound?.Value);
        put.Bind(13, record.Cost.UpperBound?.Value);
        put.Bind(14, Microseconds(record.Timing.Headers));
        put.Bind(15, Microseconds(record.Timing.FirstEvent));
        put.Bind(16, Microseconds(record.Timing.LongestGap));
        put.Bind(17, record.Transfer.RequestBytes);
        put.Bind(18, record.Transfer.ResponseBytes);
        put.Bind(19, record.Transfer.Events);
        put.Bind(20, record.Transfer.Chunks);
        put.Bind(21, record.Transfer.Pings);
        put.Bind(22, record.Transfer.ContentBlocks);
        put.Bind(23, record.Estimate?.InputTokens);
        put.Bind(24, _names.Id(record.Usage?.ServiceTier));
        put.Bind(25, _names.Id(record.Usage?.Speed));
        put.Bind(26, _names.Id(record.Usage?.InferenceGeo));
        put.Bind(27, _names.Id(record.RefusalCategory));
        put.Bind(28, writtenUs);
        put.Bind(29, ExtraFields.Serialize(record));
        put.Bind(30, record.BatchId is { } batch ? Statement.Clean(batch) : null);
        put.Bind(31, record.CustomId is { } name ? Statement.Clean(name) : null);
        put.Bind(32, _names.Id(record.LimitScope));
        put.Bind(33, record.Transfer.IsConnectionReused is { } isReused ? (isReused ? 1 : 0) : (long?)null);
        put.Run();
    }

    private static void BindFirstAttempt(Statement put, CallId? id)
    {
        if (id is { } value)
        {
            put.Bind(2, value);
        }
        else
        {
            put.Bind(2, (string?)null);
        }
    }
}
