using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;
using CostReport.Cli.Whatifs.Answering;

namespace CostReport.Cli.Whatifs.Showing;

/// <summary>Writes what would be different as JSON.</summary>
internal static class WhatifJson
{
    /// <summary>Writes the answer.</summary>
    public static void Write(Stream stream, Answer answer, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteString("price_version", answer.PriceVersion);
        json.WriteString("certainty", Certainty.Of(answer.Assumption));
        json.WriteStartArray("assumptions");
        foreach (var (option, kind, text) in Certainty.Parts(answer.Assumption))
        {
            json.WriteStartObject();
            json.WriteString("option", option);
            json.WriteString("certainty", kind);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("totals");
        WriteSums(json, answer.Totals);
        json.WriteEndObject();
        WriteReplay(json, answer.Replay);
        WriteGroups(json, answer);
        WriteCalls(json, answer.Calls);
        WriteConversations(json, answer.Conversations);
        WriteWarnings(json, answer);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteSums(Utf8JsonWriter json, ChangeSums sums)
    {
        json.WriteNumber("calls", sums.Calls);
        json.WriteNumber("cheaper", sums.Cheaper);
        json.WriteNumber("dearer", sums.Dearer);
        WriteMoney(json, sums.Now, sums.Then);
        json.WriteString("cost_usd_then_low", sums.Low.ToString());
        json.WriteString("cost_usd_then_high", sums.High.ToString());
        WriteTokens(json, "tokens", sums.TokensNow);
        WriteTokens(json, "tokens_then", sums.TokensThen);
    }

    private static void WriteMoney(Utf8JsonWriter json, NanoUsd now, NanoUsd then)
    {
        json.WriteString("cost_usd", now.ToString());
        json.WriteString("cost_usd_then", then.ToString());
        json.WriteString("difference_usd", (then - now).ToString());
        if (now == NanoUsd.Zero)
        {
            json.WriteNull("difference_percent");
        }
        else
        {
            json.WriteNumber("difference_percent", Math.Round(100m * (then - now).Value / now.Value, 2));
        }
    }

    private static void WriteTokens(Utf8JsonWriter json, string name, TokenSums tokens)
    {
        json.WriteStartObject(name);
        json.WriteNumber("input", tokens.Input);
        json.WriteNumber("cache_read", tokens.CacheRead);
        json.WriteNumber("cache_write_5m", tokens.CacheWrite5m);
        json.WriteNumber("cache_write_1h", tokens.CacheWrite1h);
        json.WriteNumber("output", tokens.Output);
        json.WriteEndObject();
    }

    private static void WriteReplay(Utf8JsonWriter json, ReplayQuality? replay)
    {
        if (replay is null)
        {
            json.WriteNull("replay");
            return;
        }

        json.WriteStartObject("replay");
        json.WriteNumber("calls", replay.Calls);
        json.WriteNumber("calls_as_measured", replay.Foreseen);
        json.WriteNumber("read_tokens", replay.ReadTokens);
        json.WriteNumber("differing_tokens", replay.DifferingTokens);
        json.WriteNumber("calls_with_estimated_places", replay.Estimated);
        json.WriteStartObject("kept");
        json.WriteNumber("no_prompt", replay.NoPrompt);
        json.WriteNumber("no_breakpoint", replay.NoBreakpoint);
        json.WriteNumber("several_prompts", replay.SeveralPrompts);
        json.WriteNumber("not_told", replay.NotTold);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartArray("groups");
        foreach (var (key, sums) in answer.Groups)
        {
            json.WriteStartObject();
            json.WriteStartObject("key");
            for (var i = 0; i < key.Count; i++)
            {
                json.WriteString(answer.By[i].Name, key[i]);
            }

            json.WriteEndObject();
            WriteSums(json, sums);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
    }

    private static void WriteCalls(Utf8JsonWriter json, IReadOnlyList<CallChange> calls)
    {
        json.WriteStartArray("calls");
        foreach (var change in calls)
        {
            json.WriteStartObject();
            json.WriteString("call_id", change.Call.Id.ToString());
            json.WriteString("started_at", Rfc3339.Utc(change.Call.Id.Time));
            json.WriteString("model", change.Call.Pricing.Model);
            json.WriteString("conversation", change.Call.Labels.Conversation);
            WriteMoney(json, change.Now, change.Then);
            WriteTokens(json, "tokens", default(TokenSums).Plus(change.UsageNow, change.EstimateNow));
            WriteTokens(json, "tokens_then", default(TokenSums).Plus(change.UsageThen, change.EstimateThen));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteConversations(Utf8JsonWriter json, IReadOnlyList<ConversationChange> conversations)
    {
        json.WriteStartArray("conversations");
        foreach (var conversation in conversations)
        {
            json.WriteStartObject();
            json.WriteString("conversation", conversation.Name);
            json.WriteNumber("calls", conversation.Calls);
            WriteMoney(json, conversation.Now, conversation.Then);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWarnings(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartArray("warnings");
        foreach (var (name, calls, text) in Warnings.Of(answer))
        {
            json.WriteStartObject();
            json.WriteString("warning", name);
            json.WriteNumber("calls", calls);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
