using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CostLedger.Records;
using Telemetry.Handler.Messages;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

/// <summary>Recorded answers, cut at random, told against what each recording says of itself.</summary>
public sealed class RecordedTests(ITestOutputHelper output)
{
    private static readonly string[] Endpoints = ["messages", "messages-mantle", "rawPredict", "streamRawPredict", "invoke", "count_tokens", "count-tokens"];

    [Fact]
    public void Recorded_answers_are_read_as_their_providers_meant_them()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        var random = new Random(3158);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();

        foreach (var row in Rows(path))
        {
            var (kind, endpoint) = KindOf(row);
            var name = $"{endpoint,-28} {kind}";
            tally[name] = tally.GetValueOrDefault(name) + 1;
            if (kind == AnswerKind.Unparsed)
            {
                continue;
            }

            var bytes = Encoding.UTF8.GetBytes(row.GetProperty("response_raw").GetString()!);
            var facts = Feeding.AtRandom(kind, bytes, random);
            Assert.Equal(Feeding.Tell(Feeding.Whole(kind, bytes)), Feeding.Tell(facts));
            Compare(row, kind, facts, wrong, tally);
        }

        foreach (var (name, count) in tally)
        {
            output.WriteLine($"{count,6}  {name}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
    }

    private static void Compare(JsonElement row, AnswerKind kind, AnswerFacts facts, List<string> wrong, SortedDictionary<string, int> tally)
    {
        var id = row.GetProperty("id").GetString();
        void Same<T>(string what, T expected, T actual)
        {
            if (!EqualityComparer<T>.Default.Equals(expected, actual))
            {
                wrong.Add($"{id} {kind} {what}: expected {expected}, was {actual}");
            }
        }

        foreach (var fault in facts.FaultNames)
        {
            var oddity = $"odd: {fault} ({Reason(row, fault, Same)})";
            tally[oddity] = tally.GetValueOrDefault(oddity) + 1;
        }

        if (kind is AnswerKind.MessageStream or AnswerKind.MessageBody)
        {
            CompareUsage(row, facts.Usage, Same);
            var expected = Expected(row, kind);
            Same("id", expected.Id, facts.MessageId);
            Same("model", expected.Model, facts.Model);
            Same("stop_reason", expected.StopReason, facts.StopReason);
        }

        Same("whole", kind != AnswerKind.MessageStream || Flag(row, "stream_complete") || facts.FaultNames.Count > 0, facts.IsComplete || facts.SawErrorEvent || facts.FaultNames.Count > 0);
        if (kind == AnswerKind.TokenCount)
        {
            Same("input_tokens", Number(row.GetProperty("usage"), "input_tokens") ?? CountedIn(row), facts.InputTokensCounted);
        }
        else if (kind == AnswerKind.Error && Text(row, "error_type") is { } type && type.EndsWith("_error", StringComparison.Ordinal))
        {
            Same("error_type", type, facts.ErrorType);
        }
    }

    /// <summary>Why a recording may be odd; a fault without a reason is wrong.</summary>
    private static string Reason(JsonElement row, string fault, Action<string, string?, string?> same)
    {
        var raw = row.GetProperty("response_raw").GetString()!;
        if (fault is "malformed_json" && raw.StartsWith("upstream connect error", StringComparison.Ordinal))
        {
            return "plain text from the edge";
        }

        same("fault", null, fault);
        return "no reason known";
    }

    private static void CompareUsage(JsonElement row, TokenUsage usage, Action<string, string?, string?> same)
    {
        if (row.GetProperty("usage") is not { ValueKind: JsonValueKind.Object } expected)
        {
            same("usage", null, usage.InputTokens?.ToString(CultureInfo.InvariantCulture));
            return;
        }

        void SameNumber(string name, long? expectedValue, long? actual) =>
            same(name, expectedValue?.ToString(CultureInfo.InvariantCulture), actual?.ToString(CultureInfo.InvariantCulture));

        SameNumber("input", Number(expected, "input_tokens"), usage.InputTokens);
        SameNumber("output", Number(expected, "output_tokens"), usage.OutputTokens);
        SameNumber("read", Number(expected, "cache_read_input_tokens"), usage.CacheReadInputTokens);
        SameNumber("write", Number(expected, "cache_creation_input_tokens"), usage.CacheCreationInputTokens);
        SameNumber("5m", Number(expected, "cache_creation", "ephemeral_5m_input_tokens"), usage.CacheCreation5mInputTokens);
        SameNumber("1h", Number(expected, "cache_creation", "ephemeral_1h_input_tokens"), usage.CacheCreation1hInputTokens);
        SameNumber("thinking", Number(expected, "output_tokens_details", "thinking_tokens"), usage.ThinkingTokens);
        SameNumber("search", Number(expected, "server_tool_use", "web_search_requests"), usage.WebSearchRequests);
        SameNumber("fetch", Number(expected, "server_tool_use", "web_fetch_requests"), usage.WebFetchRequests);
        same("tier", Text(expected, "service_tier"), usage.ServiceTier);
        same("geo", Text(expected, "inference_geo"), usage.InferenceGeo);
        same("speed", Text(expected, "speed"), usage.Speed);
        same("iterations", Iterations(expected), string.Join(" ", usage.Iterations));
    }

    private static string Iterations(JsonElement usage) =>
        usage.TryGetProperty("iterations", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(" ", list.EnumerateArray().Select(i => new UsageIteration
            {
                Type = Text(i, "type")!,
                Model = Text(i, "model"),
                InputTokens = Number(i, "input_tokens"),
                OutputTokens = Number(i, "output_tokens"),
                CacheReadInputTokens = Number(i, "cache_read_input_tokens"),
                CacheCreationInputTokens = Number(i, "cache_creation_input_tokens"),
                CacheCreation5mInputTokens = Number(i, "cache_creation", "ephemeral_5m_input_tokens"),
                CacheCreation1hInputTokens = Number(i, "cache_creation", "ephemeral_1h_input_tokens"),
            }))
            : "";

    /// <summary>The same values by a plain reading of the whole answer with the framework's own parser.</summary>
    private static (string? Id, string? Model, string? StopReason) Expected(JsonElement row, AnswerKind kind)
    {
        var raw = row.GetProperty("response_raw").GetString()!;
        if (kind == AnswerKind.MessageBody)
        {
            using var body = JsonDocument.Parse(raw);
            return (Text(body.RootElement, "id"), Text(body.RootElement, "model"), Text(body.RootElement, "stop_reason"));
        }

        (string? Id, string? Model, string? StopReason) told = default;
        foreach (var line in raw.Split('\n').Where(l => l.StartsWith("data:", StringComparison.Ordinal)))
        {
            using var data = JsonDocument.Parse(line[5..]);
            if (data.RootElement.TryGetProperty("message", out var message))
            {
                told = (Text(message, "id"), Text(message, "model"), Text(message, "stop_reason"));
            }
            else if (data.RootElement.TryGetProperty("delta", out var delta) && Text(data.RootElement, "type") is "message_delta")
            {
                told.StopReason = Text(delta, "stop_reason") ?? told.StopReason;
            }
        }

        return told;
    }

    private static (AnswerKind Kind, string Endpoint) KindOf(JsonElement row)
    {
        var endpoint = Text(row, "endpoint") ?? "";
        if (!Endpoints.Contains(endpoint, StringComparer.Ordinal) || !row.TryGetProperty("response_raw", out var raw) || raw.ValueKind != JsonValueKind.String)
        {
            return (AnswerKind.Unparsed, endpoint);
        }

        if (row.GetProperty("status").GetInt32() >= 400)
        {
            return (AnswerKind.Error, endpoint);
        }

        var kind = Flag(row, "stream") ? AnswerKind.MessageStream : AnswerKind.MessageBody;
        return (endpoint.StartsWith("count", StringComparison.Ordinal) ? AnswerKind.TokenCount : kind, endpoint);
    }

    private static long? CountedIn(JsonElement row)
    {
        using var body = JsonDocument.Parse(row.GetProperty("response_raw").GetString()!);
        return Number(body.RootElement, "input_tokens") ?? Number(body.RootElement, "inputTokens");
    }

    private static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Number ? element.GetInt64() : null;
    }

    private static IEnumerable<JsonElement> Rows(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement;
        }
    }
}
