using System.Text.Json;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Contexts;

/// <summary>Writes what filled contexts as JSON.</summary>
internal static class ContextJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, IReadOnlyList<ConversationContext> conversations, Period period)
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

    private static void Write(Utf8JsonWriter json, ConversationContext conversation)
    {
        json.WriteStartObject();
        json.WriteString("conversation", conversation.Name);
        json.WriteString("model", conversation.Model);
        StatisticsJson.WriteNumber(json, "window", conversation.Last.Window);
        json.WriteNumber("prompt_tokens", conversation.Last.Tokens);
        WriteShare(json, conversation.Last);
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
        json.WriteNumber("turn", turn.Turn.Number);
        json.WriteNumber("branch", turn.Turn.Branch);
        json.WriteString("call_id", turn.Turn.AnsweredBy.ToString());
        json.WriteString("started_at", Rfc3339.Utc(turn.Turn.AnsweredBy.Time));
        json.WriteString("model", turn.Turn.Model);
        StatisticsJson.WriteNumber(json, "window", turn.Window);
        json.WriteNumber("prompt_tokens", turn.Tokens);
        WriteShare(json, turn);
        json.WriteNumber("output_tokens", turn.OutputTokens);
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

        json.WriteString("cost_usd", turn.Cost?.ToString());
        json.WriteEndObject();
    }

    private static void WriteShare(Utf8JsonWriter json, ContextTurn turn)
    {
        if (turn.Share is { } share)
        {
            json.WriteNumber("share", Math.Round(share, 4));
        }
        else
        {
            json.WriteNull("share");
        }
    }
}
