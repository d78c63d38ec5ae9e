using System.Text.Json;
using CostLedger.Querying;
using CostLedger.Querying.Errors;
using CostLedger.Records;
using CostLedger.Records.Errors;
using CostReport.Cli.Output;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>Writes which attempts failed as JSON.</summary>
internal static class ErrorJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ErrorReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteString("currency", "USD");
        json.WriteNumber("attempts", report.Attempts);
        json.WriteStartObject("totals");
        Fields(json, report.Totals, report.Attempts);
        json.WriteEndObject();
        WriteCategories(json, report);
        WriteGroups(json, report);
        WriteSlots(json, report);
        json.WriteStartArray("examples");
        foreach (var call in report.Examples)
        {
            Example(json, call);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteCategories(Utf8JsonWriter json, ErrorReport report)
    {
        json.WriteStartArray("categories");
        foreach (var (category, totals) in report.Categories)
        {
            json.WriteStartObject();
            json.WriteString("category", category.Name());
            Fields(json, totals, report.Attempts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, ErrorReport report)
    {
        json.WriteStartArray("groups");
        foreach (var group in report.Groups)
        {
            json.WriteStartObject();
            json.WriteString("category", group.Category.Name());
            json.WriteString("error_type", group.ErrorType);
            StatisticsJson.WriteNumber(json, "http_status", group.HttpStatus);
            json.WriteString("model", group.Model);
            Fields(json, group.Totals, report.Attempts);
            json.WriteString("worst_id", group.Worst.ToString());
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
    }

    private static void WriteSlots(Utf8JsonWriter json, ErrorReport report)
    {
        json.WriteStartObject("over_time");
        json.WriteString("unit", new Grouping(report.Unit).Name);
        json.WriteStartArray("slots");
        foreach (var slot in report.Slots)
        {
            json.WriteStartObject();
            json.WriteString("start", slot.Name);
            json.WriteNumber("attempts", slot.Attempts);
            json.WriteNumber("failed", slot.Failed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, ErrorTotals totals, long attempts)
    {
        json.WriteNumber("failed", totals.Count);
        if (ErrorData.Share(totals.Count, attempts) is { } share)
        {
            json.WriteNumber("share", share);
        }
        else
        {
            json.WriteNull("share");
        }

        json.WriteString("first_at", totals.First is { } first ? Rfc3339.Utc(first) : null);
        json.WriteString("last_at", totals.Last is { } last ? Rfc3339.Utc(last) : null);
        StatisticsJson.WriteTimes(json, "duration_s", totals.Duration);
        json.WriteString("cost_usd", totals.Cost.ToString());
        json.WriteNumber("estimated", totals.Estimated);
        json.WriteNumber("unpriced", totals.Unpriced);
        json.WriteNumber("with_retry_after", totals.WithRetryAfter);
        StatisticsJson.WriteTime(json, "longest_retry_after_s", totals.LongestRetryAfter);
        json.WriteNumber("followed_by_success", totals.FollowedBySuccess);
    }

    private static void Example(Utf8JsonWriter json, CallRecord call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id.ToString());
        json.WriteString("started_at", Rfc3339.Utc(call.StartedAt));
        json.WriteString("provider", call.Provider.Name());
        json.WriteString("model", call.Model);
        json.WriteString("request_id", call.RequestId);
        json.WriteString("category", ErrorCategories.Of(call)?.Name());
        json.WriteString("error_type", call.ErrorType);
        StatisticsJson.WriteNumber(json, "http_status", call.HttpStatus);
        json.WriteNumber("attempt", call.Attempt);
        StatisticsJson.WriteTime(json, "duration_s", call.Timing.Total);
        StatisticsJson.WriteTime(json, "retry_after_s", call.RetryAfter);
        json.WriteString("cost_usd", call.Cost.Total?.ToString());
        json.WriteEndObject();
    }
}
