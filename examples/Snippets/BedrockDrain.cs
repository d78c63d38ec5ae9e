using Telemetry.Handler;

namespace Snippets;

/// <summary>Answers of Bedrock that are left half-read, measured.</summary>
internal static class BedrockDrain
{
    public static async Task AskAsync(HttpRequestMessage request)
    {
        // snippet: drain
        using var client = new HttpClient(new MessagesTelemetryHandler(new MessagesTelemetryOptions
        {
            DrainAbandonedStreams = new DrainOptions { MaxTime = TimeSpan.FromMinutes(1), MaxConcurrent = 8 },
        }));
        // end of snippet
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
