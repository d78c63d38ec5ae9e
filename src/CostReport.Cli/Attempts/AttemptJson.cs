using System.Text.Json;
using CostLedger.Querying;
using CostLedger.Querying.Attempts;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Attempts;

/// <summary>Writes what attempts took as JSON.</summary>
internal static class AttemptJson
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, AttemptReport report, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("since", period.Since is { } since ? Rfc3339.Of(period.Local(since)) : null);
        json.WriteString("until", Rfc3339.Of(period.Local(period.End)));
        json.WriteString("time_zone", period.ZoneName);
        json.WriteString("currency", "USD");
        json.WriteStartObject("totals");
        Totals(json, report.Totals);
        json.WriteEndObject();
        List(json, "groups", report.Groups, group => Group(json, report.By, group));
        List(json, "failures", report.Failures, failure => Failure(json, failure));
        List(json, "fallbacks", report.Fallbacks, fallback => Fallback(json, fallback));
        List(json, "worst", report.Worst, example => Example(json, example));
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
    }

    private static void Group(Utf8JsonWriter json, IReadOnlyList<Grouping> by, AttemptGroup group)
    {
        json.WriteStartObject("key");
        for (var i = 0; i < by.Count; i++)
        {
            json.WriteString(by[i].Name, group.Key[i]);
        }

        json.WriteEndObject();
        Totals(json, group.Totals);
    }

    private static void Totals(Utf8JsonWriter json, AttemptTotals totals)
    {
        json.WriteNumber("calls", totals.Calls);
        json.WriteNumber("attempts", totals.Attempts);
        json.WriteNumber("retries", totals.Retries);
        json.WriteNumber("retried_calls", totals.RetriedCalls);
        json.WriteStartObject("outcomes");
        foreach (var (outcome, count) in totals.Outcomes)
        {
            json.WriteNumber(outcome.Name(), count);
        }

        json.WriteEndObject();
        json.WriteString("cost_usd", totals.Cost.ToString());
        json.WriteNumber("duration_seconds", Seconds.Of(totals.Duration));
        json.WriteStartObject("wasted");
        Waste(json, totals.Wasted with { Time = totals.WastedTime });
        json.WriteNumber("waited_seconds", Seconds.Of(totals.Waited));
        Waste(json, "retried", totals.Retried);
        Waste(json, "failed", totals.Failed);
        Waste(json, "abandoned", totals.Abandoned);
        json.WriteEndObject();
        json.WriteStartObject("retry_after");
        json.WriteNumber("asked", totals.RetryAfter.Asked);
        json.WriteNumber("honored", totals.RetryAfter.Honored);
        json.WriteNumber("early", totals.RetryAfter.Early);
        json.WriteNumber("early_seconds", Seconds.Of(totals.RetryAfter.EarlyBy));
        json.WriteNumber("most_early_seconds", Seconds.Of(totals.RetryAfter.MostEarlyBy));
        json.WriteEndObject();
        json.WriteStartObject("billed_twice");
        json.WriteNumber("attempts", totals.BilledTwice.Attempts);
        json.WriteString("at_risk_usd", totals.BilledTwice.AtRisk.ToString());
        json.WriteNumber("unknown", totals.BilledTwice.Unknown);
        json.WriteEndObject();
        json.WriteNumber("fallback_calls", totals.FallbackCalls);
        json.WriteNumber("begun_before", totals.BegunBefore);
        json.WriteNumber("without_first", totals.WithoutFirst);
    }

    private static void Waste(Utf8JsonWriter json, string name, Waste waste)
    {
        json.WriteStartObject(name);
        Waste(json, waste);
        json.WriteEndObject();
    }

    private static void Waste(Utf8JsonWriter json, Waste waste)
    {
        json.WriteNumber("attempts", waste.Attempts);
        json.WriteNumber("seconds", Seconds.Of(waste.Time));
        json.WriteString("cost_usd", waste.Cost.ToString());
        json.WriteNumber("unpriced", waste.Unpriced);
    }

    private static void Failure(Utf8JsonWriter json, FailureGroup failure)
    {
        json.WriteString("error", failure.Error);
        json.WriteString("model", failure.Model);
        Waste(json, failure.Waste);
        json.WriteNumber("recovered", failure.Recovered);
    }

    private static void Fallback(Utf8JsonWriter json, ModelFallback fallback)
    {
        json.WriteString("from", fallback.From);
        json.WriteString("to", fallback.To);
        json.WriteNumber("count", fallback.Count);
        json.WriteBoolean("by_server", fallback.ByServer);
    }

    private static void Example(Utf8JsonWriter json, AttemptExample example)
    {
        json.WriteString("id", example.Id.ToString());
        json.WriteString("started_at", Rfc3339.Utc(example.Id.Time));
        json.WriteString("model", example.Model);
        json.WriteString("outcome", example.Outcome.Name());
        Waste(json, example.Wasted);
        json.WriteNumber("waited_seconds", Seconds.Of(example.Waited));
        json.WriteStartArray("errors");
        foreach (var error in example.Errors)
        {
            json.WriteStringValue(error);
        }

        json.WriteEndArray();
    }
}
