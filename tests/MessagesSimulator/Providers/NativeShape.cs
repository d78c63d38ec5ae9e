using System.Text.Json.Nodes;

namespace MessagesSimulator.Providers;

/// <summary>
/// Providers that keep the API's own shape: Microsoft Foundry, mantle, Claude Platform on AWS, Claude on Google Cloud. The name of
/// the model is theirs, and there are no rate limit headers.
/// </summary>
internal sealed class NativeShape(ProviderExchange exchange, ModelNames names)
{
    private const int TooMany = 429;

    private const string FoundryError =
        """{"error":{"code":"RateLimitReached","message":"The deployment has exceeded its token rate limit."}}""";

    private bool IsFoundry => exchange.Request.Header("Host")?.EndsWith(".azure.com", StringComparison.Ordinal) == true;

    public async Task RunAsync(string path)
    {
        var isAuthorized = exchange.Request.Header("Authorization") ?? exchange.Request.Header("x-api-key") ?? exchange.Request.Header("api-key");
        if (isAuthorized is null)
        {
            await exchange.SendAsync(401, """{"type":"error","error":{"type":"authentication_error","message":"no credentials"}}""");
            return;
        }

        var body = exchange.ReadBody();
        body["model"] = names.Native((string?)body["model"] ?? "");
        await PassAsync(exchange, path[path.IndexOf("/v1/messages", StringComparison.Ordinal)..], body, IsFoundry ? FoundryError : null);
    }

    /// <summary>Passes an answer on as it is.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="path">The API's path.</param>
    /// <param name="body">The API's body.</param>
    /// <param name="tooMany">The provider's own body of a 429; null: the API's.</param>
    /// <returns>Completes at the end of the answer.</returns>
    public static async Task PassAsync(ProviderExchange exchange, string path, JsonObject body, string? tooMany)
    {
        using var answer = await exchange.AskAsync(path, body, exchange.Request.Header("anthropic-beta"));
        var id = answer.Headers.NonValidated["request-id"].ToString();
        exchange.SetHeader("request-id", id);
        exchange.SetHeader("x-amzn-requestid", exchange.Request.Header("x-amz-date") is null ? null : id);
        exchange.SetHeader("retry-after", answer.Headers.RetryAfter?.ToString());
        if (tooMany is not null && (int)answer.StatusCode == TooMany)
        {
            await exchange.SendAsync(TooMany, tooMany);
            return;
        }

        await exchange.BeginAsync((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString());
        await using var stream = await answer.Content.ReadAsStreamAsync(exchange.Aborted);
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, exchange.Aborted) is > 0 and var read)
        {
            await exchange.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
