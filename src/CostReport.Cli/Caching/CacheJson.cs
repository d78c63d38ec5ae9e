using System.Text.Json;
using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;
using CostReport.Cli.Output;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Caching;

/// <summary>Writes the use of the prompt cache as JSON.</summary>
internal static class CacheJson
{
    /// <summary>Writes the report.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="report">What was read, written and lost.</param>
    /// <param name="advice">What would save more; null where it was not asked for.</param>
    /// <param name="period">The period.</param>
    public static void Write(Stream stream, CacheReport report, AdviceReport? advice, Period period)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        StatisticsJson.WritePeriod(json, period);
        json.WriteString("currency", "USD");
        Totals(json, report.Totals);
        List(json, "by_reason", report.Reasons.Where(r => !r.IsMissed), r => Reason(json, r));
        List(json, "missed_by_reason", report.Reasons.Where(r => r.IsMissed), r => Reason(json, r));
        List(json, "breaks", report.Breaks, b => Break(json, b));
        List(json, "provider", report.Provider, p => Provider(json, p));
        Agreement(json, report);
        Forecast(json, report.Forecast);
        if (advice is not null)
        {
            Loss(json, "unread_writes", advice.UnreadWrites);
            json.WriteNumber("advice_calls", advice.Calls);
            json.WriteBoolean("advice_is_cut", advice.IsCut);
            List(json, "advice", advice.Advice, a => Advice(json, a));
        }

        List(json, "groups", report.Groups, group => Group(json, report, group));
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

    private static void Totals(Utf8JsonWriter json, CacheTotals totals)
    {
        json.WriteNumber("attempts", totals.Attempts);
        Share(json, "hit_ratio", totals.HitRatio);
        json.WriteString("saved_usd", totals.Saved.ToString());
        json.WriteString("wasted_usd", totals.Breaks.Cost.ToString());
        json.WriteNumber("uncached_tokens", totals.UncachedTokens);
        json.WriteNumber("read_tokens", totals.ReadTokens);
        json.WriteNumber("written_5m_tokens", totals.Written5mTokens);
        json.WriteNumber("written_1h_tokens", totals.Written1hTokens);
        json.WriteString("input_cost_usd", totals.InputCost.ToString());
        json.WriteString("write_cost_usd", totals.WriteCost.ToString());
        Loss(json, "lost", totals.Breaks);
        Loss(json, "missed", totals.Missed);
        json.WriteNumber("unpriced_attempts", totals.UnpricedAttempts);
        json.WriteNumber("untold_attempts", totals.UntoldAttempts);
    }

    private static void Loss(Utf8JsonWriter json, string name, CacheLoss loss)
    {
        json.WriteStartObject(name);
        Loss(json, loss);
        json.WriteEndObject();
    }

    private static void Loss(Utf8JsonWriter json, CacheLoss loss)
    {
        json.WriteNumber("calls", loss.Count);
        json.WriteNumber("tokens_lost", loss.Tokens);
        json.WriteString("cost_lost_usd", loss.Cost.ToString());
        json.WriteNumber("unpriced", loss.Unpriced);
    }

    private static void Reason(Utf8JsonWriter json, ReasonTotals reason)
    {
        json.WriteString("reason", reason.Reason);
        Loss(json, reason.Loss);
        json.WriteStartObject("worst");
        Break(json, reason.Worst);
        json.WriteEndObject();
    }

    private static void Break(Utf8JsonWriter json, FoundBreak found)
    {
        var lost = found.Lost;
        json.WriteString("call_id", found.Id.ToString());
        json.WriteString("at", Rfc3339.Utc(found.Id.Time));
        json.WriteString("provider", found.Provider.Name());
        json.WriteString("model", found.Model);
        json.WriteString("session", found.Session);
        json.WriteString("conversation", found.Conversation);
        json.WriteString("reason", lost.Reason);
        json.WriteString("level", CacheWords.Level(lost.Level));
        json.WriteString("segment", lost.Segment);
        StatisticsJson.WriteNumber(json, "byte_at", lost.ByteAt);
        StatisticsJson.WriteNumber(json, "byte_count", lost.ByteCount);
        json.WriteString("compared_with", lost.ComparedWith?.ToString());
        StatisticsJson.WriteTime(json, "idle_seconds", lost.Idle);
        json.WriteNumber("tokens_available", lost.AvailableTokens);
        json.WriteNumber("tokens_lost", lost.TokensLost);
        json.WriteString("cost_lost_usd", lost.CostLost?.ToString());
    }

    private static void Provider(Utf8JsonWriter json, ProviderLoss place)
    {
        json.WriteString("provider", place.Provider.Name());
        json.WriteString("model", place.Model);
        json.WriteString("location", place.Location);
        json.WriteNumber("readable_calls", place.Readable);
        Share(json, "rate", place.Rate);
        Loss(json, place.Loss);
    }

    private static void Agreement(Utf8JsonWriter json, CacheReport report)
    {
        json.WriteStartObject("agreement");
        Share(json, "share", report.Agreement);
        json.WriteNumber("compared", report.Verdicts.Where(v => v.Match != VerdictMatch.NotComparable).Sum(v => v.Count));
        List(json, "pairs", report.Verdicts, v =>
        {
            json.WriteString("ours", v.Ours);
            json.WriteString("theirs", v.Theirs);
            json.WriteNumber("calls", v.Count);
            if (v.Match == VerdictMatch.NotComparable)
            {
                json.WriteNull("agrees");
            }
            else
            {
                json.WriteBoolean("agrees", v.Match == VerdictMatch.Agrees);
            }
        });
        json.WriteEndObject();
    }

    private static void Forecast(Utf8JsonWriter json, ForecastAccuracy forecast)
    {
        json.WriteStartObject("forecast");
        json.WriteNumber("calls", forecast.Calls);
        json.WriteNumber("right", forecast.Right);
        json.WriteNumber("read_more", forecast.More);
        json.WriteNumber("read_less", forecast.Less);
        json.WriteNumber("expected_tokens", forecast.ExpectedTokens);
        json.WriteNumber("read_tokens", forecast.ReadTokens);
        json.WriteEndObject();
    }

    private static void Advice(Utf8JsonWriter json, CacheAdvice advice)
    {
        json.WriteString("kind", advice.Kind);
        json.WriteString("model", advice.Model);
        json.WriteString("subject", advice.Subject);
        json.WriteString("saving_usd", advice.Saving.ToString());
        json.WriteBoolean("is_measured", advice.IsMeasured);
        json.WriteNumber("calls", advice.Calls);
        json.WriteString("found", advice.Found);
        json.WriteString("action", advice.Action);
        json.WriteString("example_call_id", advice.Example.ToString());
        json.WriteStartArray("shares_money_with");
        foreach (var kind in advice.SharesMoneyWith)
        {
            json.WriteStringValue(kind);
        }

        json.WriteEndArray();
    }

    private static void Group(Utf8JsonWriter json, CacheReport report, CacheGroup group)
    {
        json.WriteStartObject("key");
        for (var i = 0; i < report.By.Count; i++)
        {
            json.WriteString(report.By[i].Name, group.Key[i]);
        }

        json.WriteEndObject();
        Totals(json, group.Totals);
    }

    private static void Share(Utf8JsonWriter json, string name, decimal? share)
    {
        if (CacheWords.Ratio(share) is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
