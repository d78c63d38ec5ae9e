using System.Text.Json;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostReport.Cli.Calls;
using CostReport.Cli.Times;

namespace CostReport.Cli.Output;

/// <summary>Writes calls as JSON, an attempt an object, as they come from the ledger.</summary>
internal static class CallJson
{
    /// <summary>Writes a list of calls.</summary>
    public static void Write(Stream stream, IEnumerable<CallRecord> calls)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartArray("calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            Fields(json, call);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes one call with the sum that explains its cost.</summary>
    public static void Write(Stream stream, CallRecord call, ExplainedCost explained)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartObject("call");
        Fields(json, call);
        json.WriteEndObject();
        json.WriteStartObject("explanation");
        json.WriteString("price_version", explained.Version);
        json.WriteBoolean("is_stored_price_version", explained.IsThen);
        json.WriteBoolean("agrees_with_stored_cost", explained.Agrees(call.Cost));
        json.WriteString("cost_usd", explained.Breakdown.Cost.Total?.ToString());
        json.WriteString("reason", explained.Breakdown.Reason);
        Terms(json, explained);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Fields(Utf8JsonWriter json, CallRecord call)
    {
        json.WriteString("id", call.Id.ToString());
        json.WriteString("started_at", Rfc3339.Utc(call.StartedAt));
        json.WriteString("provider", call.Provider.Name());
        json.WriteString("operation", call.Operation.Name());
        json.WriteString("model_requested", call.ModelRequested);
        json.WriteString("model", call.Model);
        json.WriteString("message_id", call.MessageId);
        json.WriteString("request_id", call.RequestId);
        json.WriteBoolean("stream", call.IsStream);
        Number(json, "http_status", call.HttpStatus);
        json.WriteString("outcome", call.Outcome.Name());
        json.WriteString("error_type", call.ErrorType);
        json.WriteString("stop_reason", call.StopReason);
        json.WriteNumber("attempt", call.Attempt);
        json.WriteString("session", call.Labels.Session);
        json.WriteStartObject("tags");
        foreach (var (key, value) in call.Labels.Tags)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        Cost(json, call.Cost);
        Tokens(json, call);
        Rest(json, call);
        Timing(json, call);
        Invocation(json, call.InvocationMetrics);
    }

    private static void Cost(Utf8JsonWriter json, CallCost cost)
    {
        json.WriteString("cost_basis", cost.Basis.Name());
        json.WriteString("cost_usd", cost.Total?.ToString());
        if (cost.ByClass is { } byClass)
        {
            CostJson.Write(json, byClass);
        }
        else
        {
            json.WriteNull(CostJson.Name);
        }
    }

    private static void Tokens(Utf8JsonWriter json, CallRecord call)
    {
        var (usage, writes) = (call.Usage, CacheWrites.Of(call.Usage));
        Number(json, "input_tokens", usage?.InputTokens);
        Number(json, "output_tokens", usage?.OutputTokens);
        Number(json, "cache_read_input_tokens", usage?.CacheReadInputTokens);
        Number(json, "cache_creation_5m_input_tokens", writes.FiveMinutes);
        Number(json, "cache_creation_1h_input_tokens", writes.OneHour);
        Number(json, "web_search_requests", usage?.WebSearchRequests);
        Number(json, "cache_creation_input_tokens", usage?.CacheCreationInputTokens);
        Number(json, "thinking_tokens", usage?.ThinkingTokens);
        Number(json, "estimated_output_tokens", call.Estimate?.OutputTokens);
    }

    private static void Rest(Utf8JsonWriter json, CallRecord call)
    {
        json.WriteString("cost_usd_low", call.Cost.LowerBound?.ToString());
        json.WriteString("cost_usd_high", call.Cost.UpperBound?.ToString());
        json.WriteString("saved_by_cache_usd", call.Cost.SavedByCache?.ToString());
        Cache(json, call);
        Texts(json, "cost_marks", call.Cost.Marks);
        json.WriteString("price_version", call.Cost.PriceVersion);
        json.WriteString("first_attempt_id", call.FirstAttemptId?.ToString());
        json.WriteString("conversation", call.Labels.Conversation);
        Number(json, "turn", call.Labels.Turn);
        json.WriteString("model_alias", call.ModelAlias);
        json.WriteString("host", call.Host);
        json.WriteString("location", call.Location);
        json.WriteString("stream_end", call.StreamEnd?.Name());
        json.WriteString("refusal_category", call.RefusalCategory);
        json.WriteString("service_tier", call.Usage?.ServiceTier);
        json.WriteString("speed", call.Usage?.Speed);
        json.WriteString("inference_geo", call.Usage?.InferenceGeo);
        json.WriteString("batch_id", call.BatchId);
        json.WriteString("custom_id", call.CustomId);
        Number(json, "batch_requests", call.BatchRequests);
        Texts(json, "faults", call.Faults);
    }

    // Most calls have neither.
    private static void Cache(Utf8JsonWriter json, CallRecord call)
    {
        if (call.CacheBreak is { } lost)
        {
            Break(json, lost);
        }

        if (call.CacheVerdict is { } verdict)
        {
            json.WriteStartObject("cache_verdict");
            json.WriteString("reason", verdict.Reason);
            Number(json, "tokens_missed", verdict.MissedTokens);
            json.WriteEndObject();
        }
    }

    private static void Break(Utf8JsonWriter json, CacheBreak lost)
    {
        json.WriteStartObject("cache_break");
        json.WriteString("reason", lost.Reason);
        json.WriteBoolean("is_missed", lost.IsMissed);
        json.WriteString("level", lost.Level switch
        {
            PromptLevel.Tools => "tools",
            PromptLevel.System => "system",
            _ => "messages",
        });
        json.WriteString("segment", lost.Segment);
        Number(json, "byte_at", lost.ByteAt);
        Number(json, "byte_count", lost.ByteCount);
        json.WriteString("compared_with", lost.ComparedWith?.ToString());
        json.WriteNumber("tokens_available", lost.AvailableTokens);
        json.WriteNumber("tokens_lost", lost.TokensLost);
        json.WriteString("cost_lost_usd", lost.CostLost?.ToString());
        json.WriteEndObject();
    }

    private static void Timing(Utf8JsonWriter json, CallRecord call)
    {
        var (timing, transfer) = (call.Timing, call.Transfer);
        Milliseconds(json, "duration_ms", timing.Total);
        Milliseconds(json, "headers_ms", timing.Headers);
        Milliseconds(json, "first_event_ms", timing.FirstEvent);
        Milliseconds(json, "first_content_ms", timing.FirstContent);
        Milliseconds(json, "longest_gap_ms", timing.LongestGap);
        Number(json, "request_bytes", transfer.RequestBytes);
        json.WriteNumber("response_bytes", transfer.ResponseBytes);
        json.WriteNumber("events", transfer.Events);
        if (transfer.IsConnectionReused is { } isReused)
        {
            json.WriteBoolean("is_connection_reused", isReused);
        }
        else
        {
            json.WriteNull("is_connection_reused");
        }

        json.WritePropertyName("parts");
        PartsJson.Write(json, timing.Parts);
    }

    private static void Invocation(Utf8JsonWriter json, InvocationMetrics? metrics)
    {
        if (metrics is null)
        {
            json.WriteNull("invocation_metrics");
            return;
        }

        json.WriteStartObject("invocation_metrics");
        Number(json, "input_tokens", metrics.InputTokens);
        Number(json, "output_tokens", metrics.OutputTokens);
        Number(json, "cache_read_input_tokens", metrics.CacheReadInputTokens);
        Number(json, "cache_write_input_tokens", metrics.CacheWriteInputTokens);
        Milliseconds(json, "invocation_latency_ms", metrics.InvocationLatency);
        Milliseconds(json, "first_byte_latency_ms", metrics.FirstByteLatency);
        json.WriteEndObject();
    }

    private static void Terms(Utf8JsonWriter json, ExplainedCost explained)
    {
        json.WriteStartArray("terms");
        foreach (var term in explained.Breakdown.Terms)
        {
            json.WriteStartObject();
            json.WriteString("class", term.Class);
            json.WriteNumber("quantity", term.Quantity);
            json.WriteString("price_usd", Exact(term.Price));
            json.WriteNumber("per", term.Per);
            json.WriteStartArray("factors");
            foreach (var factor in term.Factors)
            {
                json.WriteStartObject();
                json.WriteString("name", factor.Name);
                json.WriteString("value", Exact(factor.Value));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("amount_usd", Exact(term.ExactNanoUsd / NanoUsd.PerDollar));
            json.WriteString("source", term.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Exact(decimal value) => value.ToString("0.#############################", System.Globalization.CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Milliseconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (CallData.Milliseconds(time) is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
