using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Telemetry.Handler.Tests.Replay;

/// <summary>One recorded exchange, as a request and an answer for the handler.</summary>
internal sealed record RecordedExchange(JsonElement Row)
{
    public string Id => Text("id") ?? "";

    public string Provider => Text("provider") ?? "";

    public string Endpoint => Text("endpoint") ?? "";

    public int Status => Row.GetProperty("status").GetInt32();

    public bool IsMessages => Endpoint is "messages" or "messages-mantle" or "rawPredict" or "streamRawPredict" or "invoke" or "invoke-with-response-stream";

    public bool IsConverse => Endpoint is "converse" or "converse-stream";

    /// <summary>Whether the answer is an AWS event stream.</summary>
    public bool IsEventStream => (IsMessages || IsConverse) && Text("response_raw_b64") is not null;

    public byte[] RequestBytes => Bytes("request_raw_b64") ?? (Row.TryGetProperty("request", out var request) && request.ValueKind == JsonValueKind.Object
        ? Encoding.UTF8.GetBytes(request.GetRawText())
        : []);

    public byte[] ResponseBytes => Bytes("response_raw_b64") ?? Encoding.UTF8.GetBytes(Text("response_raw") ?? "");

    public Uri Uri => new(Host + (Text("url") ?? "/v1/messages"));

    private string Host => Provider switch
    {
        "bedrock" when Endpoint is "messages-mantle" => "https://bedrock-mantle.us-east-1.api.aws",
        "bedrock" => "https://bedrock-runtime.us-east-1.amazonaws.com",
        "vertex" => "https://us-east5-aiplatform.googleapis.com",
        "foundry" => "https://example.services.ai.azure.com",
        "other-gateway" => "https://gateway.example",
        _ => "https://api.anthropic.com",
    };

    public static IEnumerable<RecordedExchange> Read(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return new RecordedExchange(row.RootElement.Clone());
        }
    }

    public HttpRequestMessage NewRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(Text("method") ?? "POST"), Uri);
        if (request.Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(RequestBytes);
        }

        return request;
    }

    public HttpResponseMessage NewResponse(HttpContent content)
    {
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)Status) { Content = content };
        if (!Row.TryGetProperty("response_headers", out var headers) || headers.ValueKind != JsonValueKind.Object)
        {
            return response;
        }

        foreach (var header in headers.EnumerateObject().Where(header => header.Value.ValueKind == JsonValueKind.String))
        {
            // The recorder has taken encodings and lengths off the bodies, though not always off the headers.
            if (header.Name.ToLowerInvariant() is not ("content-encoding" or "content-length" or "transfer-encoding")
                && !response.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
            {
                content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return response;
    }

    public int Iterations => Find("iterations") is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    public long? Usage(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    /// <summary>What Converse says of cache writes of a lifetime; null when it says nothing.</summary>
    public long? CacheWrites(string lifetime) => Find("cacheDetails") is { ValueKind: JsonValueKind.Array } details
        ? details.EnumerateArray().Where(detail => detail.GetProperty("ttl").ValueEquals(lifetime)).Select(detail => (long?)detail.GetProperty("inputTokens").GetInt64()).FirstOrDefault()
        : null;

    public string? UsageText(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public string? Text(string name) =>
        Row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private JsonElement? Find(params ReadOnlySpan<string> path)
    {
        if (!Row.TryGetProperty("usage", out var found))
        {
            return null;
        }

        foreach (var name in path)
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return null;
            }
        }

        return found;
    }

    private byte[]? Bytes(string name) => Text(name) is { } text ? Convert.FromBase64String(text) : null;
}
