using Telemetry.Handler;

namespace Quickstart;

/// <summary>Holds the place of AfterMerge/Observation.cs until the handler has options.</summary>
internal sealed class Observation : IAsyncDisposable
{
    public Observation(string ledgerPath) => Environment.SetEnvironmentVariable("COSTLEDGER_PATH", ledgerPath);

    public DelegatingHandler NewHandler(HttpMessageHandler? inner = null)
    {
        var handler = new MessagesTelemetryHandler();
        if (inner is not null)
        {
            handler.InnerHandler = inner;
        }

        return handler;
    }

    public IDisposable Label(string session, string client) => new CancellationTokenSource();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
