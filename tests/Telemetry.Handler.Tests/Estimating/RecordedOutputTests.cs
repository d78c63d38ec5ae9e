using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Estimating;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating;

public sealed class RecordedOutputTests
{
    [Fact]
    public void Whole_recorded_answers_lie_within_the_bounds_and_near_the_estimate()
    {
        var errors = new List<double>();
        var outside = new List<string>();
        foreach (var (id, received, model, told) in Answers())
        {
            var estimate = OutputEstimator.Estimate(received, model, default);
            if (told < estimate.OutputTokensLow || told > (estimate.OutputTokensHigh ?? long.MaxValue))
            {
                outside.Add($"{id}: {told} is not in {estimate.OutputTokensLow} to {estimate.OutputTokensHigh}");
            }

            if (told >= 50 && !received.IsThinkingHidden && received.ThinkingBytes == 0)
            {
                errors.Add(Math.Abs(estimate.OutputTokens!.Value - told) / (double)told);
            }
        }

        errors.Sort();
        Assert.True(errors.Count > 500, $"only {errors.Count} answers were compared");
        Assert.Empty(outside);
        Assert.InRange(errors[errors.Count / 2], 0, 0.12);
        Assert.InRange(errors[errors.Count * 9 / 10], 0, 0.35);
    }

    private static IEnumerable<(string Id, OutputReceived Received, string? Model, long Told)> Answers()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            var root = row.RootElement;
            if (root.GetProperty("stream").GetBoolean() || root.GetProperty("status").GetInt32() != 200
                || root.GetProperty("response_raw").GetString() is not { } text || Parse(text) is not { } message)
            {
                continue;
            }

            // Server tools' turns hold several generations; their counts are not of the blocks alone.
            using (message)
            {
                if (message.RootElement.TryGetProperty("usage", out var usage) && usage.TryGetProperty("output_tokens", out var told)
                    && Received(message.RootElement) is { } received)
                {
                    yield return (root.GetProperty("id").ToString(), received, message.RootElement.GetProperty("model").GetString(), told.GetInt64());
                }
            }
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("content", out var content)
                && content.ValueKind == JsonValueKind.Array && document.RootElement.TryGetProperty("model", out _) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OutputReceived? Received(JsonElement message)
    {
        var received = default(OutputReceived);
        foreach (var block in message.GetProperty("content").EnumerateArray())
        {
            switch (block.GetProperty("type").GetString())
            {
                case "text" when !block.TryGetProperty("citations", out _):
                    received = received with { TextBytes = received.TextBytes + Bytes(block.GetProperty("text").GetString()!) };
                    break;
                case "thinking" when block.GetProperty("thinking").GetString() is { Length: > 0 } thinking:
                    received = received with { ThinkingBytes = received.ThinkingBytes + Bytes(thinking) };
                    break;
                case "thinking" or "redacted_thinking":
                    received = received with { IsThinkingHidden = true };
                    break;
                case "tool_use":
                    received = received with
                    {
                        ToolBlocks = received.ToolBlocks + 1,
                        ToolInputBytes = received.ToolInputBytes + Bytes(block.GetProperty("input").GetRawText()),
                    };
                    break;
                default:
                    return null;
            }
        }

        return received;
    }

    private static long Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
