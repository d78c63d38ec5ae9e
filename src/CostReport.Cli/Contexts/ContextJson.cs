using System.Text.Json;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Contexts;

/// <summary>Writes what filled contexts as JSON.</summary>
internal static class ContextJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, IReadOnlyList<Conversation> conversations, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteStartArray("conversations");
        foreach (var conversation in conversations)
        {
            Write(json, conversation);
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartObject();
        json.WriteString("conversation", conversation.Name);
        json.WriteString("model", conversation.Model);
        StatisticsJson.WriteNumber(json, "window", conversation.Window);
        json.WriteNumber("prompt_tokens", conversation.Last.Tokens);
        if (conversation.Share is { } share)
        {
            json.WriteNumber("share", Math.Round(share, 4));
        }
        else
        {
            json.WriteNull("share");
        }

        StatisticsJson.WriteNumber(json, "growth_per_turn", conversation.Growth);
        StatisticsJson.WriteNumber(json, "turns_left", conversation.TurnsLeft);
        json.WriteString("cost_usd", conversation.Cost.ToString());
        json.WriteString("next_turn_cost_usd", conversation.NextCost?.ToString());
        json.WriteStartArray("turns");
        foreach (var turn in conversation.Turns)
        {
            Write(json, turn);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ContextTurn turn)
    {
        json.WriteStartObject();
        json.WriteString("call_id", turn.Call.Id.ToString());
        json.WriteString("started_at", Rfc3339.Utc(turn.Call.StartedAt));
        json.WriteNumber("prompt_tokens", turn.Tokens);
        StatisticsJson.WriteNumber(json, "output_tokens", turn.Call.Usage?.OutputTokens);
        if (turn.Parts is { } parts)
        {
            json.WriteStartObject("by_source");
            foreach (var (name, tokens) in parts.All)
            {
                json.WriteNumber(name.Replace(' ', '_'), tokens);
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("by_source");
        }

        json.WriteString("cost_usd", turn.Call.Cost.Total?.ToString());
        json.WriteEndObject();
    }
}
