using System.Diagnostics;
using System.Text;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Benchmarks.Caching;

/// <summary>Forecast and diagnosis of a growing conversation beside reading and hashing its body, which any of it needs.</summary>
internal static class CachingSpeed
{
    private const int Calls = 400;
    private const int NewSegments = 3;
    private const int TextLength = 600;

    public static void Run()
    {
        foreach (var segments in (int[])[100, 1_000, 5_000])
        {
            Measure(segments);
            Console.WriteLine(Measure(segments));
        }
    }

    private static string Measure(int segments)
    {
        using var hasher = new SegmentHasher("a key of thirty-two bytes, or so."u8);
        using var reader = new SegmentReader(hasher);
        var forecaster = new CacheForecaster(new CacheOptions(), PriceBook.Default);
        var prints = forecaster.Prints.Over(null);
        var prompt = new SegmentedPrompt();
        var (hashing, following, printing, allocated) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        for (var call = 0; call < Calls; call++)
        {
            // Every conversation has two turns: what is new in the second is what is measured.
            var turn = call % 2;
            var body = Body(call / 2, segments - ((1 - turn) * NewSegments));
            var start = Stopwatch.GetTimestamp();
            reader.Read(body, prompt);
            hashing.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            start = Stopwatch.GetTimestamp();
            reader.Read(body, prompt, prints);
            printing.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            var moment = new CacheMoment(call * TimeSpan.TicksPerSecond, call * TimeSpan.TicksPerSecond);
            var request = new CacheRequest
            {
                Call = new CallId((ulong)call + 1),
                Scope = new CacheScope(Provider.Anthropic, 1, null, "claude-sonnet-5"),
                Parameters = default,
                Prompt = prompt,
            };
            var before = GC.GetAllocatedBytesForCurrentThread();
            start = Stopwatch.GetTimestamp();
            var forecast = forecaster.Forecast(request, moment)!;
            forecaster.Begun(forecast);
            forecaster.Diagnose(forecast, UsageOf(forecast));
            if (turn == 1)
            {
                following.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var (hash, print, follow) = (Median(hashing), Median(printing), Median(following));
        return FormattableString.Invariant(
            $"{segments} segments, {NewSegments} new: forecast and diagnosis {follow:0} µs ({follow / hash:0.00} of reading and hashing the body, {hash:0} µs; with prints {print:0} µs), {allocated / Calls} B allocated a call");
    }

    private static TokenUsage UsageOf(CacheForecast forecast) => new()
    {
        InputTokens = forecast.UncachedTokens,
        CacheReadInputTokens = forecast.ReadTokens,
        CacheCreationInputTokens = forecast.Write5mTokens,
    };

    private static byte[] Body(int conversation, int segments)
    {
        var body = new StringBuilder("""{"model":"claude-sonnet-5","cache_control":{"type":"ephemeral"},"messages":[""");
        for (var i = 0; i < segments; i++)
        {
            body.Append(i == 0 ? "" : ",").Append("{\"role\":\"").Append(i % 2 == 0 ? "user" : "assistant").Append("\",\"content\":\"")
                .Append(conversation).Append(' ').Append(i).Append(' ').Append('x', TextLength).Append("\"}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
