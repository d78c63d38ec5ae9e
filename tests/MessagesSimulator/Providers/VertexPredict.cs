namespace MessagesSimulator.Providers;

/// <summary>Vertex AI: the model in the URL, everything else in the API's own shape.</summary>
internal sealed class VertexPredict(ProviderExchange exchange, ModelNames names)
{
    private const string Models = "/publishers/anthropic/models/";

    private const string Exhausted =
        """{"error":{"code":429,"message":"Quota exceeded for aiplatform.googleapis.com.","status":"RESOURCE_EXHAUSTED"}}""";

    public static bool Matches(string path) => path.Contains(Models, StringComparison.Ordinal);

    public async Task RunAsync(string path)
    {
        var resource = Uri.UnescapeDataString(path[(path.IndexOf(Models, StringComparison.Ordinal) + Models.Length)..]);
        var colon = resource.LastIndexOf(':');
        var (model, method) = colon < 0 ? (resource, "") : (resource[..colon], resource[(colon + 1)..]);
        var body = exchange.ReadBody();
        if (Refusal(method, body.ContainsKey("anthropic_version")) is { } why)
        {
            await exchange.SendAsync(400, $$$"""{"error":{"code":400,"message":"{{{why}}}","status":"INVALID_ARGUMENT"}}""");
            return;
        }

        body.Remove("anthropic_version");
        var counts = model is "count-tokens";
        body["model"] = names.Native(counts ? (string?)body["model"] ?? "" : model);
        await NativeShape.PassAsync(exchange, counts ? "/v1/messages/count_tokens" : "/v1/messages", body, Exhausted);
    }

    private string? Refusal(string method, bool hasVersion) =>
        method is not ("rawPredict" or "streamRawPredict") ? $"unknown method {method}"
        : exchange.Request.Header("Authorization")?.StartsWith("Bearer ", StringComparison.Ordinal) != true ? "no access token"
        : !hasVersion ? "anthropic_version: Field required"
        : null;
}
