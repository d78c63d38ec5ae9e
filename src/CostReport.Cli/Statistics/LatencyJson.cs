using System.Text.Json;
using CostLedger.Querying.Latency;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Writes how long answers took as JSON.</summary>
internal static class LatencyJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, LatencyReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
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
        json.WriteStartArray("slowest");
        foreach (var call in report.Slowest)
        {
            Slow(json, call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Fields(Utf8JsonWriter json, LatencyTotals totals)
    {
        json.WriteNumber("answers", totals.Answers);
        json.WriteNumber("streamed", totals.Streamed);
        json.WriteNumber("failed", totals.Failed);
        json.WriteNumber("canceled", totals.Canceled);
        StatisticsJson.WriteTimes(json, "duration_s", totals.Duration);
        StatisticsJson.WriteTimes(json, "headers_s", totals.Headers);
        StatisticsJson.WriteTimes(json, "first_event_s", totals.FirstEvent);
        StatisticsJson.WriteTimes(json, "first_token_s", totals.FirstToken);
        StatisticsJson.WriteTimes(json, "longest_gap_s", totals.LongestGap);
        StatisticsJson.Write(json, "output_tokens_per_second", totals.OutputTokensPerSecond, static rate => rate);
        StatisticsJson.WriteTimes(json, "failed_duration_s", totals.FailedDuration);
        json.WriteNumber("request_bytes", totals.RequestBytes);
        json.WriteNumber("response_bytes", totals.ResponseBytes);
        json.WriteNumber("connections_observed", totals.ObservedConnections);
        json.WriteNumber("connections_reused", totals.ReusedConnections);
    }

    private static void Slow(Utf8JsonWriter json, CallRecord call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id.ToString());
        json.WriteString("started_at", Rfc3339.Utc(call.StartedAt));
        json.WriteString("provider", call.Provider.Name());
        json.WriteString("model", call.Model);
        json.WriteString("request_id", call.RequestId);
        json.WriteBoolean("stream", call.IsStream);
        StatisticsJson.WriteTime(json, "duration_s", call.Timing.Total);
        StatisticsJson.WriteTime(json, "headers_s", call.Timing.Headers);
        StatisticsJson.WriteTime(json, "first_token_s", call.IsStream ? call.Timing.FirstContent : null);
        StatisticsJson.WriteTime(json, "longest_gap_s", call.Timing.LongestGap);
        StatisticsJson.WriteNumber(json, "output_tokens", call.Usage?.OutputTokens);
        json.WriteEndObject();
    }
}
