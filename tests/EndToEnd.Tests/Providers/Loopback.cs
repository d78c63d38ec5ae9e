namespace EndToEnd.Tests.Providers;

/// <summary>Takes a request to the loopback address instead of the host it names. It stands innermost, so that nobody else notices.</summary>
internal sealed class Loopback : DelegatingHandler
{
    private readonly Uri _server;

    public Loopback(Uri server)
        : base(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) => _server = server;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var real = request.RequestUri!;
        request.Headers.Host ??= real.Authority;
        request.RequestUri = new Uri(_server, real.PathAndQuery);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = real;
        }
    }
}
