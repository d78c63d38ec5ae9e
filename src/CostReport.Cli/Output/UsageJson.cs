using System.Text.Json;
using CostLedger.Querying;
using CostReport.Cli.Times;

namespace CostReport.Cli.Output;

/// <summary>Writes sums as JSON, in the one shape that every usage report has.</summary>
internal static class UsageJson
{
    /// <summary>Writes the sums.</summary>
    public static void Write(Stream stream, UsageReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("since", period.Since is { } since ? Rfc3339.Of(period.Local(since)) : null);
        json.WriteString("until", Rfc3339.Of(period.Local(period.End)));
        json.WriteString("time_zone", period.ZoneName);
        json.WriteString("currency", "USD");
        json.WriteString("price_version", report.PriceVersions.Count == 0 ? null : string.Join(',', report.PriceVersions));
        json.WriteStartObject("totals");
        Fields(json, report.Totals);
        json.WriteEndObject();
        json.WriteStartArray("groups");
        foreach (var group in report.Groups)
        {
            json.WriteStartObject();
            json.WriteStartObject("key");
            for (var i = 0; i < report.By.Count; i++)
            {
                json.WriteString(report.By[i].Name, group.Key[i]);
            }

            json.WriteEndObject();
            Fields(json, group.Totals);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Fields(Utf8JsonWriter json, UsageTotals totals)
    {
        json.WriteNumber("calls", totals.Calls);
        json.WriteNumber("attempts", totals.Attempts);
        json.WriteNumber("errors", totals.Errors);
        json.WriteNumber("input_tokens", totals.InputTokens);
        json.WriteNumber("output_tokens", totals.OutputTokens);
        json.WriteNumber("cache_read_input_tokens", totals.CacheReadInputTokens);
        json.WriteNumber("cache_creation_5m_input_tokens", totals.CacheCreation5mInputTokens);
        json.WriteNumber("cache_creation_1h_input_tokens", totals.CacheCreation1hInputTokens);
        json.WriteNumber("web_search_requests", totals.WebSearchRequests);
        json.WriteString("cost_usd", totals.Cost.Total.ToString());
        CostJson.Write(json, totals.Cost);
        json.WriteNumber("unpriced_calls", totals.UnpricedCalls);
        json.WriteNumber("estimated_calls", totals.EstimatedCalls);
    }
}
