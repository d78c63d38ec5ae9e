using System.Text.Json;
using CostLedger.Querying.Latency;
using CostReport.Cli.Times;

namespace CostReport.Cli.Statistics;

/// <summary>What the JSON of several statistics has in common.</summary>
internal static class StatisticsJson
{
    /// <summary>Writes the period.</summary>
    public static void WritePeriod(Utf8JsonWriter json, Period period)
    {
        json.WriteString("since", period.Since is { } since ? Rfc3339.Of(period.Local(since)) : null);
        json.WriteString("until", Rfc3339.Of(period.Local(period.End)));
        json.WriteString("time_zone", period.ZoneName);
    }

    /// <summary>Writes percentiles of times, in seconds; null where there are none.</summary>
    public static void WriteTimes(Utf8JsonWriter json, string name, Percentiles<TimeSpan>? percentiles) =>
        Write(json, name, percentiles, Seconds.Of);

    /// <summary>Writes percentiles; null where there are none.</summary>
    public static void Write<T>(Utf8JsonWriter json, string name, Percentiles<T>? percentiles, Func<T, decimal> number)
        where T : struct
    {
        if (percentiles is not { } p)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", p.Count);
        json.WriteNumber("p50", number(p.P50));
        json.WriteNumber("p95", number(p.P95));
        json.WriteNumber("p99", number(p.P99));
        json.WriteNumber("max", number(p.Max));
        json.WriteBoolean("exact", p.IsExact);
        json.WriteEndObject();
    }

    /// <summary>Writes a time, in seconds.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (Seconds.Of(time) is { } seconds)
        {
            json.WriteNumber(name, seconds);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes a whole number.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, long? number)
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
