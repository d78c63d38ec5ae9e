using System.Net.Http.Json;
using Telemetry.Handler;

namespace Snippets;

/// <summary>The handler inside an <see cref="HttpClient"/> of one's own.</summary>
internal static class PlainHttpClient
{
    public static async Task<string> Run(Uri api, string key)
    {
        // snippet: http-client
        using var http = new HttpClient(new MessagesTelemetryHandler());

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, "v1/messages"));
        request.Headers.Add("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Content = JsonContent.Create(new
        {
            model = "claude-sonnet-5-5",
            max_tokens = 200,
            stream = true,
            messages = new[] { new { role = "user", content = "Why is the sky blue?" } },
        });

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = await response.Content.ReadAsStringAsync(); // when this returns, the call is in the ledger
        // end of snippet
        return events;
    }
}
