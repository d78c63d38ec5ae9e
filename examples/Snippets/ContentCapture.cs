using System.Net.Http.Json;
using Telemetry.Handler;

namespace Snippets;

/// <summary>Prompts and answers on spans.</summary>
internal static class ContentCapture
{
    public static async Task<string> Run(Uri api, string key)
    {
        // snippet: content-capture
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            CaptureContent = true,
            MaxContentBytes = 100_000,
        });
        // end of snippet
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, "v1/messages"));
        request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Content = JsonContent.Create(new
        {
            model = "claude-sonnet-5-5",
            max_tokens = 200,
            messages = new[] { new { role = "user", content = "Why is the sky blue?" } },
        });
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
