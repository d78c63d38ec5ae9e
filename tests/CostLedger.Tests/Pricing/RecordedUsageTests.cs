using System.IO.Compression;
using System.Text.Json;
using CostLedger.Pricing;
using CostLedger.Records;
using Testing;
using Xunit;

namespace CostLedger.Tests.Pricing;

/// <summary>Real answers: every one that tells its tokens has a price, and an explanation that adds up.</summary>
public sealed class RecordedUsageTests
{
    [Fact]
    public void Every_recorded_answer_with_usage_is_priced()
    {
        var unpriced = new List<string>();
        var priced = 0;
        foreach (var (id, request) in Recorded())
        {
            var breakdown = PriceBook.Default.Price(request);
            if (breakdown.Cost.Basis == CostBasis.Unpriced)
            {
                unpriced.Add($"{id}: {breakdown.Reason}");
                continue;
            }

            priced++;
            var exact = breakdown.Terms.Sum(term => term.ExactNanoUsd);
            Assert.InRange(Math.Abs(exact - breakdown.Cost.Total!.Value.Value), 0, 3);
        }

        Assert.Empty(unpriced);
        Assert.True(priced > 1_000, $"only {priced} recorded answers were found");
    }

    private static IEnumerable<(string Id, PricingRequest Request)> Recorded()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            if (ReadRequest(row.RootElement) is { } request)
            {
                yield return (row.RootElement.GetProperty("id").GetString()!, request);
            }
        }
    }

    private static PricingRequest? ReadRequest(JsonElement row)
    {
        var isAnswer = Number(row, "status") == 200 && Member(row, "usage") is { ValueKind: JsonValueKind.Object } told && Number(told, "input_tokens") is not null;
        var isMessage = Text(row, "endpoint") is "messages" or "invoke" or "invoke-with-response-stream" or "rawPredict" or "streamRawPredict";
        if (!isAnswer || !isMessage || Text(row, "model")?.Contains("claude", StringComparison.Ordinal) != true)
        {
            return null;
        }

        return new PricingRequest
        {
            Provider = Text(row, "provider") switch
            {
                "bedrock" => Provider.Bedrock,
                "vertex" => Provider.Vertex,
                "foundry" => Provider.Foundry,
                _ => Provider.Anthropic,
            },
            Operation = Operation.Messages,
            Model = Text(row, "model"),
            ModelRequested = Text(row, "request_model"),
            At = DateTimeOffset.TryParse(Text(row, "recorded_at"), null, out var at) ? at : Calls.Day("2026-08-01"),
            Usage = ReadUsage(Member(row, "usage")!.Value),
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
        };
    }

    private static TokenUsage ReadUsage(JsonElement usage) => new()
    {
        InputTokens = Number(usage, "input_tokens"),
        OutputTokens = Number(usage, "output_tokens"),
        CacheReadInputTokens = Number(usage, "cache_read_input_tokens"),
        CacheCreationInputTokens = Number(usage, "cache_creation_input_tokens"),
        CacheCreation5mInputTokens = Number(Member(usage, "cache_creation"), "ephemeral_5m_input_tokens"),
        CacheCreation1hInputTokens = Number(Member(usage, "cache_creation"), "ephemeral_1h_input_tokens"),
        WebSearchRequests = Number(Member(usage, "server_tool_use"), "web_search_requests"),
        ServiceTier = Text(usage, "service_tier"),
        InferenceGeo = Text(usage, "inference_geo"),
        Iterations = Member(usage, "iterations") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(ReadIteration)]
            : [],
    };

    private static UsageIteration ReadIteration(JsonElement iteration) => new()
    {
        Type = Text(iteration, "type")!,
        Model = Text(iteration, "model"),
        InputTokens = Number(iteration, "input_tokens"),
        OutputTokens = Number(iteration, "output_tokens"),
        CacheReadInputTokens = Number(iteration, "cache_read_input_tokens"),
        CacheCreationInputTokens = Number(iteration, "cache_creation_input_tokens"),
        CacheCreation5mInputTokens = Number(Member(iteration, "cache_creation"), "ephemeral_5m_input_tokens"),
        CacheCreation1hInputTokens = Number(Member(iteration, "cache_creation"), "ephemeral_1h_input_tokens"),
    };

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    private static long? Number(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    private static string? Text(JsonElement? owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
