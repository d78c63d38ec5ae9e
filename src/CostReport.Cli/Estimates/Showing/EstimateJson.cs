using System.Text.Json;
using CostLedger.Records;
using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Output;
using Telemetry.Handler.Estimating;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>Writes answers as JSON.</summary>
internal static class EstimateJson
{
    /// <summary>Writes an answer on a line of its own.</summary>
    public static void WriteLine(Stream stream, EstimateAnswer answer, string priceVersion)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        Write(json, answer, priceVersion);
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes an answer.</summary>
    public static void Write(Utf8JsonWriter json, EstimateAnswer answer, string priceVersion)
    {
        json.WriteStartObject();
        if (answer.Line is { } line)
        {
            json.WriteNumber("line", line);
        }

        if (answer.Request?.CustomId is { } id)
        {
            json.WriteString("custom_id", id);
        }

        if (answer.Estimated is { } estimated)
        {
            Tokens(json, estimated);
            Costs(json, estimated, priceVersion);
            Segments(json, estimated);
            Breakpoints(json, estimated);
            Findings(json, answer);
            Compared(json, answer);
        }
        else
        {
            json.WriteStartObject("error");
            json.WriteString("code", answer.Error?.Code switch { ExitCode.No => "impossible", ExitCode.Fault => "fault", _ => "unreadable" });
            json.WriteString("message", answer.Error?.Message);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The name of a source, as it is written: <c>tool_results</c>.</summary>
    public static string NameOf(PromptSource source) => source switch
    {
        PromptSource.ToolUses => "tool_uses",
        PromptSource.ToolResults => "tool_results",
        _ => source.ToString().ToLowerInvariant(),
    };

    private static void Tokens(Utf8JsonWriter json, EstimatedRequest estimated)
    {
        var estimate = estimated.Estimate;
        json.WriteString("model", estimated.Terms.Model);
        json.WriteString("model_priced", estimated.Match?.Model);
        json.WriteString("provider", estimated.Terms.Provider.Name());
        json.WriteNumber("input_tokens", estimate.InputTokens);
        json.WriteNumber("input_tokens_low", estimate.InputTokensLow);
        json.WriteNumber("input_tokens_high", estimate.InputTokensHigh);
        Number(json, "expected_output_tokens", estimated.OutputTokens);
        Number(json, "max_tokens", estimated.Parameters.MaxTokens);
        Number(json, "context_window", estimated.Row?.ContextWindow);
        Share(json, "context_share", estimate.InputTokens, estimated.Row?.ContextWindow);
        json.WriteStartObject("by_source");
        foreach (var source in Enum.GetValues<PromptSource>())
        {
            if (estimate.BySource.TryGetValue(source, out var tokens))
            {
                json.WriteNumber(NameOf(source), tokens);
            }
        }

        json.WriteEndObject();
    }

    private static void Costs(Utf8JsonWriter json, EstimatedRequest estimated, string priceVersion)
    {
        var costs = estimated.Costs;
        Money(json, "cost_usd", costs.Total);
        Money(json, "cost_usd_low", costs.Low);
        Money(json, "cost_usd_high", costs.High);
        Money(json, "input_cost_usd", costs.Input);
        Money(json, "output_cost_usd", costs.Output);
        Money(json, "max_cost_usd", costs.Most);
        Money(json, "first_call_input_cost_usd", costs.FirstInput);
        Money(json, "later_call_input_cost_usd", costs.LaterInput);
        json.WriteString("price_version", priceVersion);
        json.WriteStartArray("price_modifiers");
        foreach (var modifier in costs.Modifiers)
        {
            json.WriteStringValue(modifier);
        }

        json.WriteEndArray();
    }

    private static void Segments(Utf8JsonWriter json, EstimatedRequest estimated)
    {
        json.WriteStartArray("segments");
        foreach (var segment in estimated.Estimate.Segments)
        {
            json.WriteStartObject();
            json.WriteString("place", segment.Place);
            json.WriteString("source", NameOf(segment.Source));
            json.WriteNumber("input_tokens", segment.Tokens);
            Money(json, "cost_usd", estimated.Costs.OfInput(segment.Tokens));
            json.WriteNumber("start", segment.Start);
            json.WriteNumber("length", segment.Length);
            json.WriteString("breakpoint", SegmentTable.Lifetime(segment.CacheLifetime));
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
    }

    private static void Breakpoints(Utf8JsonWriter json, EstimatedRequest estimated)
    {
        json.WriteStartArray("breakpoints");
        foreach (var breakpoint in estimated.Breakpoints)
        {
            json.WriteStartObject();
            json.WriteString("place", breakpoint.Place);
            json.WriteString("lifetime", SegmentTable.Lifetime(breakpoint.Lifetime));
            json.WriteNumber("prefix_tokens", breakpoint.PrefixTokens);
            Number(json, "minimum_tokens", breakpoint.Minimum);
            json.WriteNumber("tokens_short", breakpoint.Short);
            json.WriteBoolean("reaches_minimum", breakpoint.ReachesMinimum);
            Money(json, "uncached_cost_usd", breakpoint.Uncached);
            Money(json, "write_cost_usd", breakpoint.Write);
            Money(json, "read_cost_usd", breakpoint.Read);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Findings(Utf8JsonWriter json, EstimateAnswer answer)
    {
        json.WriteStartArray("warnings");
        foreach (var finding in answer.Findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("severity", FindingText.Name(finding.Severity));
            json.WriteString("place", finding.Place);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Compared(Utf8JsonWriter json, EstimateAnswer answer)
    {
        if (answer.Compared is not { } models)
        {
            return;
        }

        json.WriteStartArray("compare");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Model);
            json.WriteString("status", model.Status);
            json.WriteNumber("input_tokens", model.InputTokens);
            json.WriteNumber("context_window", model.ContextWindow);
            Share(json, "context_share", model.InputTokens, model.ContextWindow);
            json.WriteNumber("max_output_tokens", model.MaxOutput);
            Money(json, "cost_usd", model.Costs.Total);
            Money(json, "input_cost_usd", model.Costs.Input);
            Money(json, "max_cost_usd", model.Costs.Most);
            Money(json, "first_call_input_cost_usd", model.Costs.FirstInput);
            Money(json, "later_call_input_cost_usd", model.Costs.LaterInput);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Money(Utf8JsonWriter json, string name, NanoUsd? amount) => json.WriteString(name, amount?.ToString());

    private static void Share(Utf8JsonWriter json, string name, long tokens, long? window)
    {
        if (window is { } whole)
        {
            json.WriteNumber(name, Math.Round((decimal)tokens / whole, 6));
        }
        else
        {
            json.WriteNull(name);
        }
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
