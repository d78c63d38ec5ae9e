using System.Text.Json;
using CostLedger.Querying.Limits;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Limits;

/// <summary>Writes rate limits as JSON.</summary>
internal static class LimitJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, LimitReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteString("as_of", Rfc3339.Of(period.Local(report.AsOf)));
        json.WriteNumber("step_seconds", Seconds.Of(report.Step));
        json.WriteStartArray("limits");
        foreach (var series in report.Series)
        {
            WriteSeries(json, series);
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        WriteThrottled(json, report.Throttled);
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteSeries(Utf8JsonWriter json, LimitSeries series)
    {
        json.WriteStartObject();
        json.WriteString("provider", series.Provider.Name());
        json.WriteString("host", series.Host);
        json.WriteString("scope", series.Scope);
        json.WriteString("model", series.Model);
        json.WriteString("limit", series.Kind);
        StatisticsJson.WriteNumber(json, "max", series.Whole.Limit);
        StatisticsJson.WriteNumber(json, "remaining_now", series.RemainingNow);
        WriteShare(json, "share_now", series.ShareNow);
        StatisticsJson.WriteNumber(json, "lowest", series.Whole.Lowest);
        WriteShare(json, "lowest_share", series.Whole.LowestShare);
        json.WriteString("lowest_at", Rfc3339.Utc(series.Whole.LowestAt));
        json.WriteString("observed_at", Rfc3339.Utc(series.Whole.ObservedAt));
        WriteForecast(json, series.Forecast);
        json.WriteStartArray("points");
        foreach (var point in series.Points)
        {
            WritePoint(json, point);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteForecast(Utf8JsonWriter json, LimitForecast forecast)
    {
        json.WriteStartObject("forecast");
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(forecast.Kind.ToString()));
        json.WriteString("runs_out_at", forecast.RunsOutAt is { } at ? Rfc3339.Utc(at) : null);
        json.WriteNumber("use_per_minute", Math.Round(forecast.UsePerMinute, 3));
        json.WriteNumber("refill_per_minute", Math.Round(forecast.RefillPerMinute, 3));
        json.WriteNumber("window_seconds", Seconds.Of(forecast.Window));
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, LimitPoint point)
    {
        json.WriteStartObject();
        json.WriteString("start", Rfc3339.Utc(point.Start));
        StatisticsJson.WriteNumber(json, "max", point.Limit);
        StatisticsJson.WriteNumber(json, "lowest", point.Lowest);
        StatisticsJson.WriteNumber(json, "remaining", point.Remaining);
        json.WriteString("resets_at", point.ResetsAt is { } resets ? Rfc3339.Utc(resets) : null);
        json.WriteEndObject();
    }

    private static void WriteThrottled(Utf8JsonWriter json, IReadOnlyList<ThrottleGroup> groups)
    {
        json.WriteStartArray("throttled");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("model", group.Model);
            json.WriteNumber("attempts", group.Attempts);
            json.WriteNumber("asked_to_wait_seconds", Seconds.Of(group.AskedToWait));
            json.WriteNumber("without_retry_after", group.WithoutWait);
            json.WriteString("last_at", Rfc3339.Utc(group.Last));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
