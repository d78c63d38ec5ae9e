using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>
/// Recorded sequences, each by itself and in its order, two seconds between its requests. When they were made is not recorded, and
/// what was cached before the first of them neither.
/// </summary>
public sealed class RecordedConversationTests
{
    private static readonly string[] Endpoints = ["messages", "invoke", "invoke-with-response-stream", "rawPredict", "streamRawPredict", "messages-mantle"];

    [Fact]
    public void No_break_is_told_that_usage_contradicts()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        var (told, turns, reading, previous) = (new List<string>(), 0, 0, (Source: "", Lab: default(Sequence)));
        foreach (var exchange in Read(path))
        {
            var sequence = previous.Lab is { } known && previous.Source == exchange.Source ? known : new Sequence();
            previous = (exchange.Source, sequence);
            var (forecast, diagnosis) = sequence.Play(exchange);
            turns += forecast?.Comparison is null ? 0 : 1;
            reading += exchange.Usage.CacheReadInputTokens > 0 ? 1 : 0;
            if (diagnosis is { IsBreak: true })
            {
                Assert.True(exchange.Usage.CacheReadInputTokens is { } read && read < diagnosis.Available, exchange.Id);
                Assert.Equal(diagnosis.Available - exchange.Usage.CacheReadInputTokens, diagnosis.LostTokens);
                told.Add($"{exchange.Id} {exchange.Source}: {CacheBreakReasons.NameOf(diagnosis.Reason)} at {diagnosis.Segment}, {diagnosis.Read} of {diagnosis.Available}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{turns} later turns, {reading} that read, {told.Count} breaks\n{string.Join('\n', told)}");
        Assert.True(turns > 100);

        Assert.Empty(told);
    }

    private static IEnumerable<Exchange> Read(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            if (Exchange.Of(row.RootElement) is { } exchange)
            {
                yield return exchange;
            }
        }
    }

    private sealed class Sequence
    {
        private readonly CacheForecaster _forecaster = new(new CacheOptions(), PriceBook.Default);
        private readonly SegmentedPrompt _prompt = new();
        private ulong _calls;

        public (CacheForecast? Forecast, CacheDiagnosis? Diagnosis) Play(Exchange exchange)
        {
            using var hasher = new SegmentHasher("a key of thirty-two bytes, or so."u8);
            using var reader = new SegmentReader(hasher);
            reader.Read(exchange.Body, _prompt, _forecaster.Prints.Over(null));
            _calls++;
            var now = new CacheMoment((long)_calls * 2 * TimeSpan.TicksPerSecond, (long)_calls * 2 * TimeSpan.TicksPerSecond);
            var request = RequestSnapshot.Read(exchange.Body);
            var forecast = _forecaster.Forecast(
                new CacheRequest
                {
                    Call = new CallId(_calls),
                    Scope = new CacheScope(CostLedger.Records.Provider.Anthropic, 1, null, exchange.Model),
                    Parameters = CacheParametersReader.Read(request, exchange.Betas.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), _prompt, exchange.Body),
                    Prompt = _prompt,
                },
                now);
            if (forecast is null)
            {
                return default;
            }

            _forecaster.Begun(forecast);
            return (forecast, _forecaster.Diagnose(forecast, exchange.Usage, ranTools: exchange.RanTools));
        }
    }

    private sealed record Exchange(string Id, string Source, string Model, string Betas, byte[] Body, TokenUsage Usage, bool RanTools)
    {
        public static Exchange? Of(JsonElement row) =>
            Endpoints.Contains(Text(row, "endpoint")) && row.GetProperty("status").GetInt32() == 200
            && Object(row, "request") is { } request
            && Object(row, "usage") is { } usage
                ? new Exchange(
                    Text(row, "id")!,
                    Text(row, "source")!.Split('#')[0],
                    Text(row, "model") ?? Text(request, "model") ?? "",
                    Object(row, "request_headers") is { } headers ? Text(headers, "anthropic-beta") ?? "" : "",
                    Text(row, "request_raw_b64") is { } raw ? Convert.FromBase64String(raw) : Encoding.UTF8.GetBytes(request.GetRawText()),
                    UsageOf(Object(row, "usage_message_start") ?? usage),
                    Text(row, "response_raw")?.Contains("srvtoolu_", StringComparison.Ordinal) ?? false)
                : null;

        private static TokenUsage UsageOf(JsonElement usage) => new()
        {
            InputTokens = Number(usage, "input_tokens"),
            CacheReadInputTokens = Number(usage, "cache_read_input_tokens"),
            CacheCreationInputTokens = Number(usage, "cache_creation_input_tokens"),
            WebSearchRequests = Object(usage, "server_tool_use") is { } tools ? Number(tools, "web_search_requests") : null,
        };

        private static JsonElement? Object(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

        private static string? Text(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static long? Number(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
    }
}
