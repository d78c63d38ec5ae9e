using System.Text.Json;
using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostReport.Cli.Output;

/// <summary>Writes what a call lost of the prompt cache as JSON, where it lost something.</summary>
internal static class BreakJson
{
    /// <summary>Writes the members of a call.</summary>
    public static void Write(Utf8JsonWriter json, CallRecord call)
    {
        if (call.CacheBreak is { } lost)
        {
            Write(json, lost);
        }

        if (call.CacheVerdict is { } verdict)
        {
            json.WriteStartObject("cache_verdict");
            json.WriteString("reason", verdict.Reason);
            Number(json, "tokens_missed", verdict.MissedTokens);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, CacheBreak lost)
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

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
