using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Handler;

namespace Snippets;

/// <summary>The handler in the chain of <see cref="IHttpClientFactory"/>.</summary>
internal static class FactoryClient
{
    public static async Task<string> Run(Uri api, string key)
    {
        var services = new ServiceCollection();

        // snippet: http-client-factory
        services.AddHttpClient("claude").AddMessagesTelemetry();
        // end of snippet

        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("claude");
        http.DefaultRequestHeaders.Add("x-api-key", key);
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        using var answer = await http.PostAsJsonAsync(new Uri(api, "v1/messages"), new
        {
            model = "claude-sonnet-5-5",
            max_tokens = 200,
            messages = new[] { new { role = "user", content = "Why is the sky blue?" } },
        });
        return await answer.Content.ReadAsStringAsync();
    }
}
