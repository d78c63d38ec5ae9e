using MessagesSimulator.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessagesSimulator.Providers;

/// <summary>
/// A server on the loopback address that sells a simulated Messages API as the clouds do: Bedrock's InvokeModel, Vertex AI's
/// rawPredict, Microsoft Foundry and the gateways that keep the API's own shape, all at once and told apart by their paths. Answers,
/// faults and the bill are those of the <see cref="MessagesServer"/> behind it.
/// </summary>
public sealed class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProviderRouter _router;

    private ProviderServer(WebApplication app, ProviderRouter router)
    {
        (_app, _router) = (app, router);
        BaseUrl = new Uri(app.Urls.Single());
    }

    /// <summary>The address to use instead of the real ones.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The requests so far, as they arrived here, in the order of their arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _router.Requests;

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="api">The API behind it.</param>
    /// <param name="deployments">Deployments and inference profiles, and the model behind each; null: none.</param>
    /// <returns>The server.</returns>
    public static async Task<ProviderServer> StartAsync(MessagesServer api, IReadOnlyDictionary<string, string>? deployments = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var router = new ProviderRouter(api.BaseUrl, new ModelNames(deployments));
        app.Run(router.HandleAsync);
        await app.StartAsync();
        return new ProviderServer(app, router);
    }

    /// <summary>Stops the server; what is still being sent is cut off.</summary>
    /// <returns>Completes when it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _router.Dispose();
    }
}
