using System.Globalization;
using System.Text.Json.Nodes;
using MessagesSimulator.Wire;

namespace MessagesSimulator.Providers;

/// <summary>Bedrock's InvokeModel and InvokeModelWithResponseStream.</summary>
internal sealed class BedrockInvoke(ProviderExchange exchange, ModelNames names)
{
    private const string Prefix = "/model/";
    private const string Whole = "/invoke";
    private const string Streamed = "/invoke-with-response-stream";
    private const string EventStream = "application/vnd.amazon.eventstream";
    private const int Latency = 587; // Milliseconds; nobody compares it with anything.

    public static bool Matches(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task RunAsync(string path)
    {
        var isStream = path.EndsWith(Streamed, StringComparison.Ordinal);
        if (exchange.Request.Header("Authorization") is null || (!isStream && !path.EndsWith(Whole, StringComparison.Ordinal)))
        {
            await RefuseAsync(403, "Missing Authentication Token");
            return;
        }

        var body = exchange.ReadBody();
        if (Extraneous(body) is { } refused)
        {
            await RefuseAsync(400, refused);
            return;
        }

        var id = Uri.UnescapeDataString(path[Prefix.Length..path.LastIndexOf('/')]);
        var betas = (body["anthropic_beta"] as JsonArray)?.Select(beta => (string?)beta);
        body.Remove("anthropic_beta");
        body.Remove("anthropic_version");
        body["model"] = names.Native(id);
        body["stream"] = isStream;
        using var answer = await exchange.AskAsync("/v1/messages", body, betas is null ? null : string.Join(',', betas));
        exchange.SetHeader("x-amzn-requestid", answer.Headers.NonValidated["request-id"].ToString());
        await (!answer.IsSuccessStatusCode ? FailAsync(answer) : isStream ? StreamAsync(answer) : AnswerAsync(answer));
    }

    private static string? Extraneous(JsonObject body) =>
        body.ContainsKey("model") ? "Malformed input request: #: extraneous key [model] is not permitted"
        : body.ContainsKey("stream") ? "Malformed input request: #: extraneous key [stream] is not permitted"
        : body.ContainsKey("cache_control") ? "Malformed input request: #: extraneous key [cache_control] is not permitted"
        : !body.ContainsKey("anthropic_version") ? "Malformed input request: #: required key [anthropic_version] not found"
        : null;

    private async Task AnswerAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(exchange.Aborted);
        var usage = JsonNode.Parse(text)!["usage"]!;
        SetCount("input", usage["input_tokens"]);
        SetCount("output", usage["output_tokens"]);
        SetCount("cache-read-input", usage["cache_read_input_tokens"]);
        SetCount("cache-write-input", usage["cache_creation_input_tokens"]);
        exchange.SetHeader("x-amzn-bedrock-invocation-latency", Latency.ToString(CultureInfo.InvariantCulture));
        await exchange.SendAsync(200, text);
    }

    private void SetCount(string kind, JsonNode? count) => exchange.SetHeader($"x-amzn-bedrock-{kind}-token-count", count?.ToString());

    private async Task StreamAsync(HttpResponseMessage answer)
    {
        exchange.SetHeader("x-amzn-bedrock-content-type", "application/json");
        await exchange.BeginAsync(200, EventStream);
        var (start, output) = (new JsonObject(), 0L);
        await using var stream = await answer.Content.ReadAsStreamAsync(exchange.Aborted);
        await foreach (var (name, data) in SseEvents.ReadAsync(stream, exchange.Aborted))
        {
            switch (name)
            {
                case "ping":
                    continue; // Bedrock sends none.
                case "error":
                    var message = (string?)JsonNode.Parse(data)!["error"]!["message"] ?? "";
                    await exchange.WriteAsync(EventStreamFrame.Exception("modelStreamErrorException", message));
                    return;
                case "message_start":
                    start = JsonNode.Parse(data)!["message"]!["usage"]!.AsObject();
                    break;
                case "message_delta":
                    output = (long?)JsonNode.Parse(data)!["usage"]!["output_tokens"] ?? 0;
                    break;
                default:
                    break;
            }

            await exchange.WriteAsync(EventStreamFrame.Chunk(name is "message_stop" ? WithMetrics(data, start, output) : data));
        }
    }

    private static string WithMetrics(string stop, JsonObject start, long output)
    {
        var json = JsonNode.Parse(stop)!.AsObject();
        json["amazon-bedrock-invocationMetrics"] = new JsonObject
        {
            ["inputTokenCount"] = (long?)start["input_tokens"],
            ["outputTokenCount"] = output,
            ["invocationLatency"] = Latency,
            ["firstByteLatency"] = Latency / 2,
            ["cacheReadInputTokenCount"] = (long?)start["cache_read_input_tokens"],
            ["cacheWriteInputTokenCount"] = (long?)start["cache_creation_input_tokens"],
        };
        return MessageJson.Text(json);
    }

    private async Task FailAsync(HttpResponseMessage answer)
    {
        exchange.SetHeader("retry-after", answer.Headers.RetryAfter?.ToString());
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(exchange.Aborted))!["error"];
        await RefuseAsync((int)answer.StatusCode, (string?)error?["message"] ?? "");
    }

    private Task RefuseAsync(int status, string message)
    {
        var (sent, type) = status switch
        {
            400 or 413 => (400, "ValidationException"),
            401 or 403 => (403, "AccessDeniedException"),
            404 => (404, "ResourceNotFoundException"),
            429 => (429, "ThrottlingException"),
            503 or 529 => (503, "ServiceUnavailableException"),
            _ => (500, "InternalServerException"),
        };
        exchange.SetHeader("x-amzn-errortype", type + ":http://internal.amazon.com/coral/com.amazon.bedrock/");
        return exchange.SendAsync(sent, MessageJson.Text(new JsonObject { ["message"] = message }));
    }
}
