using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CostLedger.Records;
using Telemetry.Handler.Endpoints;
using Telemetry.Handler.Requests;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class RecordedRequestsTests
{
    [Fact]
    public void Recorded_requests_are_recognised_and_read()
    {
        var rows = 0;
        foreach (var row in Rows())
        {
            var endpoint = MessagesEndpoint.Recognize(new HttpMethod(row.GetProperty("method").GetString()!), UrlOf(row));
            var expected = OperationOf(row.GetProperty("endpoint").GetString()!);
            Assert.Equal((Id(row), expected), (Id(row), endpoint?.Operation));
            if (endpoint is null || row.GetProperty("request").ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            Check(row, endpoint);
            rows++;
        }

        Assert.True(rows > 2_000, $"only {rows} rows had a request to read");
    }

    private static void Check(JsonElement row, MessagesEndpoint endpoint)
    {
        var request = row.GetProperty("request");
        var body = row.GetProperty("request_raw_b64").ValueKind == JsonValueKind.String
            ? row.GetProperty("request_raw_b64").GetBytesFromBase64()
            : Encoding.UTF8.GetBytes(request.GetRawText());
        var snapshot = RequestSnapshot.Read(body);

        Assert.Equal((Id(row), Text(request, "model")), (Id(row), snapshot.Model));
        Assert.Equal((Id(row), Whole(request, "max_tokens")), (Id(row), snapshot.MaxTokens));
        Assert.Equal((Id(row), Length(request, "messages")), (Id(row), snapshot.MessageCount));
        Assert.Equal((Id(row), Length(request, "tools")), (Id(row), snapshot.ToolCount));
        if (endpoint.Operation == Operation.Messages && row.GetProperty("status").GetInt32() == 200
            && row.GetProperty("request_fidelity").GetString() is "wire")
        {
            Assert.Equal(
                (Id(row), row.GetProperty("stream").GetBoolean()),
                (Id(row), endpoint.IsStreamFromUrl is { } url && url ? url : snapshot.Stream ?? endpoint.IsStreamFromUrl ?? false));
        }
    }

    private static IEnumerable<JsonElement> Rows()
    {
        var path = Path.Combine(SharedData.RequireRoot(), "recorded", "exchanges.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement;
        }
    }

    private static Uri UrlOf(JsonElement row)
    {
        var host = row.GetProperty("provider").GetString() switch
        {
            "bedrock" => "bedrock-runtime.us-east-1.amazonaws.com",
            "vertex" => "aiplatform.googleapis.com",
            "foundry" => "res.services.ai.azure.com",
            "anthropic" => "api.anthropic.com",
            _ => "gateway.example",
        };
        return new Uri($"https://{host}{row.GetProperty("url").GetString()}");
    }

    private static Operation? OperationOf(string endpoint) => endpoint switch
    {
        "messages" or "messages-mantle" or "invoke" or "invoke-with-response-stream" or "rawPredict" or "streamRawPredict" => Operation.Messages,
        "count_tokens" or "count-tokens" => Operation.CountTokens,
        "batches" => Operation.BatchCreate,
        "models" => Operation.Models,
        _ => null,
    };

    private static string? Id(JsonElement row) => row.GetProperty("id").ToString();

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Whole(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static int Length(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;
}
