using Microsoft.Extensions.DependencyInjection;
using Telemetry.Handler;

namespace Snippets;

/// <summary>The handler in the chain of <see cref="IHttpClientFactory"/>.</summary>
internal static class FactoryClient
{
    public static async Task<string> Run(Uri api)
    {
        var services = new ServiceCollection();

        // snippet: http-client-factory
        services.AddHttpClient("claude").AddMessagesTelemetry();
        // end of snippet

        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("claude");
        return await http.GetStringAsync(new Uri(api, "v1/models"));
    }
}
