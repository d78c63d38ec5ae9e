using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>A client with the handler in front and a ledger of its own.</summary>
internal sealed class ObservedClient : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("observed-");

    public ObservedClient(HttpMessageHandler? inner = null, Action<MessagesTelemetryOptions>? configure = null, SqliteLedgerOptions? ledger = null)
    {
        Ledger = ledger is null ? PatientLedger.Open(LedgerPath) : SqliteLedger.Open(LedgerPath, ledger);
        Handler = NewHandler(configure);
        if (inner is not null)
        {
            Handler.InnerHandler = inner;
        }

        Http = new HttpClient(Handler);
    }

    public string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public SqliteLedger Ledger { get; }

    public MessagesTelemetryHandler Handler { get; }

    public HttpClient Http { get; }

    public MessagesTelemetryHandler NewHandler(Action<MessagesTelemetryOptions>? configure = null)
    {
        var options = new MessagesTelemetryOptions { Ledger = Ledger };
        configure?.Invoke(options);
        return new MessagesTelemetryHandler(options);
    }

    /// <summary>The rows that another process would see now.</summary>
    public IReadOnlyList<CallRecord> Rows()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }

    public CallRecord Row() => Assert.Single(Rows());

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
