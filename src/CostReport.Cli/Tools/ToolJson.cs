using System.Text.Json;
using CostLedger.Querying.Tools;
using CostReport.Cli.Conversations;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Tools;

/// <summary>Writes what tools took as JSON.</summary>
internal static class ToolJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ToolReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteNumber("calls", report.Calls);
        json.WriteNumber("unread_calls", report.Unread);
        json.WriteNumber("prompt_tokens", report.InputTokens);
        json.WriteString("prompt_cost_usd", report.InputCost.ToString());
        json.WriteStartArray("tools");
        foreach (var tool in report.Tools)
        {
            Write(json, report, tool);
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("loops");
        foreach (var (conversation, loop) in report.Loops)
        {
            json.WriteStartObject();
            json.WriteString("conversation", conversation);
            ConversationJson.Write(json, loop);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ToolReport report, ToolTotals tool)
    {
        json.WriteStartObject();
        json.WriteString("tool", tool.Name);
        json.WriteBoolean("is_server", tool.IsServer);
        json.WriteNumber("rounds", tool.Rounds);
        json.WriteNumber("errors", tool.Errors);
        StatisticsJson.WriteTimes(json, "time_seconds", tool.Time);
        json.WriteNumber("use_tokens", tool.UseTokens);
        json.WriteNumber("result_tokens", tool.ResultTokens);
        json.WriteString("result_cost_usd", tool.ResultCost.ToString());
        json.WriteNumber("definition_tokens", tool.DefinitionTokens);
        json.WriteNumber("sent_calls", tool.SentCalls);
        json.WriteNumber("definition_tokens_sent", tool.DefinitionTokensSent);
        if (ToolData.Share(report, tool) is { } share)
        {
            json.WriteNumber("prompt_share", share);
        }
        else
        {
            json.WriteNull("prompt_share");
        }

        json.WriteString("definition_cost_usd", tool.DefinitionCost.ToString());
        json.WriteBoolean("is_unused", tool.IsUnused);
        json.WriteEndObject();
    }
}
