using MessagesSimulator.Billing;
using MessagesSimulator.Caching;
using MessagesSimulator.Scripting;
using MessagesSimulator.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MessagesSimulator;

/// <summary>
/// A server on the loopback address that speaks the Messages API. Usage comes from a model of the API: tokens are counted,
/// prefixes are cached, limits run down. It shares no code with the rest of the repository, so that agreement means something.
/// </summary>
public sealed class MessagesServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Simulation _simulation;

    private MessagesServer(WebApplication app, Simulation simulation)
    {
        _app = app;
        _simulation = simulation;
        BaseUrl = new Uri(app.Urls.Single());
    }

    /// <summary>The address to use instead of the real API's.</summary>
    public Uri BaseUrl { get; }

    /// <summary>What happens to the next requests.</summary>
    public Script Script => _simulation.Script;

    /// <summary>The requests so far, in the order of their arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _simulation.Requests;

    /// <summary>What was billed.</summary>
    public Bill Bill => _simulation.Bill;

    /// <summary>The cache of the prompts, from which entries can be taken.</summary>
    public PromptCacheSimulator PromptCache => _simulation.Cache;

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="options">How it behaves; null: as usual.</param>
    /// <returns>The server.</returns>
    public static async Task<MessagesServer> StartAsync(MessagesServerOptions? options = null)
    {
        options ??= new MessagesServerOptions();
        var simulation = new Simulation(options.TimeProvider, options.Limits, options.Seed ?? Random.Shared.Next())
        {
            OrganizationId = options.OrganizationId,
            Pace = options.Pace,
            KeepBodies = options.KeepSentBodies,
            Keys = options.Keys,
            Callers = options.Callers,
            Overload = new Overload(options.OverloadedShare, options.OverloadSeed),
            Cache = new PromptCacheSimulator(options.TimeProvider, options.PromptCache),
        };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
                listen.Protocols = options.Http2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(new Router(simulation).HandleAsync);
        await app.StartAsync();
        return new MessagesServer(app, simulation);
    }

    /// <summary>Forgets all cached prompts, as the provider may at any time.</summary>
    public void EvictCache() => _simulation.Cache.Evict();

    /// <summary>Waits until the server is done with all requests that arrived so far; a client's abort is noticed by then.</summary>
    /// <returns>Completes then.</returns>
    public Task WhenIdleAsync() => Task.WhenAll(Requests.Select(request => request.Finished));

    /// <summary>Stops the server; what is still being sent is cut off.</summary>
    /// <returns>Completes when it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
