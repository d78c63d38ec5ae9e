using System.Text.Json;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Estimates.Accuracy;

/// <summary>Writes how far off estimates were as JSON.</summary>
internal static class AccuracyJson
{
    private const int Places = 6;

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, AccuracyReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteStartObject("totals");
        Write(json, report.Totals);
        json.WriteEndObject();
        json.WriteStartArray("groups");
        foreach (var (model, content, errors) in report.Groups)
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteString("content", content);
            Write(json, errors);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ErrorSample errors)
    {
        json.WriteNumber("calls", errors.Calls);
        Write(json, "error_p50", errors.Error(0.5));
        Write(json, "error_p90", errors.Error(0.9));
        Write(json, "cold_error_p50", errors.ColdError(0.5));
        Write(json, "cold_error_p90", errors.ColdError(0.9));
        Write(json, "bias", errors.Bias());
        Write(json, "in_interval", errors.Calls == 0 ? null : errors.Within);
    }

    private static void Write(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } known)
        {
            json.WriteNumber(name, Math.Round(known, Places));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
