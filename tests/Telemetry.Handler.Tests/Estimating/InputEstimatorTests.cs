using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Requests;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating;

public sealed class InputEstimatorTests
{
    private const string Model = "claude-opus-4-6";

    [Fact]
    public void A_request_of_text_is_bounded_by_its_bytes()
    {
        var estimate = InputEstimator.Estimate(new InputSent(4_200, 0, 0, 0, IsOpen: false), Model, 64);

        Assert.Equal((1_000, 5_224), (estimate!.InputTokens, estimate.InputTokensHigh));
        Assert.Equal((null, 0, 64), (estimate.OutputTokens, estimate.OutputTokensLow, estimate.OutputTokensHigh));
    }

    [Fact]
    public void Images_count_by_their_number_not_by_their_bytes()
    {
        var estimate = InputEstimator.Estimate(new InputSent(1_000_000, 995_800, 2, 0, IsOpen: false), Model, null);

        Assert.Equal((4_000, 4_200 + (2 * InputEstimator.MostTokensOfImage) + 1_024), (estimate!.InputTokens, estimate.InputTokensHigh));
    }

    [Fact]
    public void Input_from_elsewhere_has_no_bound()
    {
        var estimate = InputEstimator.Estimate(new InputSent(4_200, 0, 0, 0, IsOpen: true), Model, 64);

        Assert.Equal((1_000, null), (estimate!.InputTokens, estimate.InputTokensHigh));
    }

    [Fact]
    public void Of_an_unknown_request_the_limit_is_known_or_nothing()
    {
        Assert.Null(InputEstimator.Estimate(default, Model, null));
        Assert.Equal(64, InputEstimator.Estimate(default, Model, 64)?.OutputTokensHigh);
    }

    [Fact]
    public void Recorded_requests_lie_within_the_bound()
    {
        var compared = 0;
        var outside = new List<string>();
        foreach (var (id, body, told) in Requests())
        {
            var snapshot = RequestSnapshot.Read(body);
            var sent = new InputSent(body.Length, snapshot.BinaryBytes, snapshot.Images, snapshot.KnownTools, snapshot.IsInputOpen);
            if (InputEstimator.Estimate(sent, snapshot.Model, snapshot.MaxTokens)?.InputTokensHigh is not { } high)
            {
                continue;
            }

            compared++;

            // Two recordings had their prompt replaced by these words before they were published.
            if (told > high && body.AsSpan().IndexOf("very very long system prompt"u8) < 0)
            {
                outside.Add($"{id}: {told} is above {high}");
            }
        }

        Assert.True(compared > 500, $"only {compared} requests were compared");
        Assert.Empty(outside);
    }

    private static IEnumerable<(string Id, byte[] Body, long Told)> Requests()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            var root = row.RootElement;
            if (root.GetProperty("request").ValueKind == JsonValueKind.Object && root.GetProperty("request_fidelity").GetString() == "wire"
                && root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            {
                var told = Count(usage, "input_tokens") + Count(usage, "cache_read_input_tokens") + Count(usage, "cache_creation_input_tokens");
                yield return (root.GetProperty("id").GetString()!, BodyOf(root), told);
            }
        }
    }

    private static byte[] BodyOf(JsonElement row) => row.GetProperty("request_raw_b64") is { ValueKind: JsonValueKind.String } raw
        ? raw.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(row.GetProperty("request").GetRawText());

    private static long Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
