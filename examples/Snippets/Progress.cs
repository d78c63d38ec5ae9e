using System.Net.Http.Json;
using CostLedger.Records;
using Telemetry.Handler;
using Telemetry.Handler.Progress;

namespace Snippets;

/// <summary>How far a stream is, and a limit for its cost.</summary>
internal static class Progress
{
    public static async Task<string> Run(Uri api, string key)
    {
        // snippet: progress
        using var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            OnProgress = static p => Console.WriteLine($"{p.OutputTokens} tokens, {p.Cost} USD"),
            MaxCostPerCall = new NanoUsd(NanoUsd.PerDollar / 2), // half a dollar
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
            stream = true,
            messages = new[] { new { role = "user", content = "Why is the sky blue?" } },
        });
        // snippet: cost-limit
        request.Options.Set(MessagesRequestOptions.MaxCost, new NanoUsd(2 * NanoUsd.PerDollar)); // this call may cost more
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return await response.Content.ReadAsStringAsync();
        }
        catch (CostLimitExceededException stopped)
        {
            return $"stopped after {stopped.Progress.OutputTokens} tokens";
        }
        // end of snippet
    }
}
