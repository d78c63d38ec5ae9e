using System.Text.Json;
using CostLedger.Querying.Conversations;
using CostLedger.Records.Tools;
using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>Writes conversations and sessions as JSON.</summary>
internal static class ConversationJson
{
    /// <summary>Writes conversations; with their turns where one was asked for.</summary>
    public static void Write(Stream stream, ConversationReport report, IReadOnlyList<Conversation> found, Invocation invocation)
    {
        using var json = Begin(stream, invocation.Period);
        if (invocation.Argument is null)
        {
            json.WriteStartObject("alone");
            Totals(json, report.Alone);
            json.WriteEndObject();
        }

        json.WriteStartArray("conversations");
        foreach (var conversation in found)
        {
            json.WriteStartObject();
            Write(json, conversation);
            if (invocation.Argument is not null)
            {
                json.WriteStartArray("turns");
                foreach (var turn in conversation.Turns)
                {
                    Write(json, turn);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        End(json, stream);
    }

    /// <summary>Writes sessions.</summary>
    public static void Write(Stream stream, IReadOnlyList<SessionSummary> sessions, Period period)
    {
        using var json = Begin(stream, period);
        json.WriteStartArray("sessions");
        foreach (var session in sessions)
        {
            json.WriteStartObject();
            json.WriteString("session", session.Name);
            json.WriteNumber("conversation_count", session.Conversations);
            json.WriteNumber("turn_count", session.Turns);
            json.WriteString("started_at", session.First is { } first ? Rfc3339.Utc(first) : null);
            json.WriteString("ended_at", session.Last is { } last ? Rfc3339.Utc(last) : null);
            json.WriteNumber("loops", session.Loops);
            Totals(json, session.Totals);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        End(json, stream);
    }

    /// <summary>Writes a loop's members.</summary>
    public static void Write(Utf8JsonWriter json, ConversationLoop loop)
    {
        json.WriteString("kind", loop.Loop.Kind.Name());
        json.WriteString("tool", loop.Loop.Tool);
        json.WriteNumber("rounds", loop.Loop.Rounds);
        json.WriteString("first_call", loop.FirstCall.ToString());
        json.WriteString("recognised_at_call", loop.RecognisedAt.ToString());
        json.WriteNumber("calls_at_risk", loop.AtRisk.Calls);
        json.WriteString("at_risk_usd", loop.AtRisk.Cost.ToString());
    }

    private static Utf8JsonWriter Begin(Stream stream, Period period)
    {
        var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        return json;
    }

    private static void End(Utf8JsonWriter json, Stream stream)
    {
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Conversation c)
    {
        json.WriteString("conversation", c.Name);
        json.WriteBoolean("is_named", c.IsNamed);
        json.WriteString("session", c.Session);
        json.WriteNumber("turn_count", c.Turns.Count);
        json.WriteString("started_at", Rfc3339.Utc(c.Turns[0].StartedAt));
        json.WriteString("ended_at", Rfc3339.Utc(c.Turns.Max(turn => turn.EndedAt)));
        json.WriteString("cost_per_turn_usd", ConversationData.PerTurn(c).ToString());
        StatisticsJson.WriteNumber(json, "growth_per_turn", c.GrowthPerTurn);
        json.WriteBoolean("began_earlier", c.BeganEarlier);
        json.WriteBoolean("forked", c.IsForked);
        json.WriteBoolean("edited", c.IsEdited);
        json.WriteBoolean("reframed", c.IsReframed);
        json.WriteBoolean("compacted", c.IsCompacted);
        Totals(json, c.Totals);
        json.WriteStartArray("loops");
        foreach (var loop in c.Loops)
        {
            json.WriteStartObject();
            Write(json, loop);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ConversationTurn turn)
    {
        json.WriteStartObject();
        json.WriteNumber("turn", turn.Number);
        json.WriteNumber("branch", turn.Branch);
        json.WriteString("change", Marks.Name(turn.Change));
        json.WriteStartArray("call_ids");
        foreach (var call in turn.Calls)
        {
            json.WriteStringValue(call.ToString());
        }

        json.WriteEndArray();
        json.WriteString("previous_call_id", turn.Previous?.ToString());
        json.WriteString("started_at", Rfc3339.Utc(turn.StartedAt));
        json.WriteNumber("duration_seconds", Seconds.Of(turn.EndedAt - turn.StartedAt));
        json.WriteString("model", turn.Model);
        json.WriteNumber("prompt_tokens", turn.PromptTokens);
        StatisticsJson.WriteNumber(json, "growth", turn.Growth);
        json.WriteString("loop", turn.Loop?.Kind.Name());
        json.WriteString("loop_tool", turn.Loop?.Tool);
        Totals(json, turn.Totals, "all_prompt_tokens");
        json.WriteEndObject();
    }

    private static void Totals(Utf8JsonWriter json, in TurnTotals t, string prompts = "prompt_tokens")
    {
        json.WriteNumber("calls", t.Calls);
        json.WriteString("cost_usd", t.Cost.ToString());
        json.WriteNumber("unpriced", t.Unpriced);
        json.WriteNumber(prompts, t.InputTokens);
        json.WriteNumber("cache_read_tokens", t.CacheReadTokens);
        json.WriteNumber("cache_write_tokens", t.CacheWriteTokens);
        json.WriteNumber("output_tokens", t.OutputTokens);
        if (ConversationData.Ratio(t.HitRatio) is { } ratio)
        {
            json.WriteNumber("hit_ratio", ratio);
        }
        else
        {
            json.WriteNull("hit_ratio");
        }

        json.WriteString("saved_usd", t.SavedByCache.ToString());
    }
}
