using CostLedger;
using Telemetry.Handler;

namespace Quickstart;

/// <summary>Everything an application needs to have its calls observed.</summary>
internal sealed class Observation(string ledgerPath) : IAsyncDisposable
{
    private readonly SqliteLedger _ledger = SqliteLedger.Open(ledgerPath);

    /// <summary>A handler for one client. With no options it would use the ledger of this machine's user.</summary>
    /// <param name="inner">What it wraps; null where the SDK sets it.</param>
    /// <returns>The handler.</returns>
    public DelegatingHandler NewHandler(HttpMessageHandler? inner = null)
    {
        var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger });
        if (inner is not null)
        {
            handler.InnerHandler = inner;
        }

        return handler;
    }

    /// <summary>Labels all calls until the result is disposed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="client">The kind of client, as a tag.</param>
    /// <returns>The scope.</returns>
    public IDisposable Label(string session, string client) =>
        CallContext.Begin(session, new Dictionary<string, string>(StringComparer.Ordinal) { ["client"] = client });

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();
}
