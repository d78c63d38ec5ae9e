using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using EndToEnd.Tests.Simulator;
using MessagesSimulator;
using Telemetry.Handler;
using Testing;

namespace EndToEnd.Tests.Agents;

/// <summary>Where agents work: the simulated API, a clock that stands still, and processes that write into one ledger.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-agents-");
    private readonly List<(SqliteLedger Ledger, HttpClient Client)> _processes = [];

    private Office(MessagesServer server, StillClock clock) => (Server, Clock) = (server, clock);

    public MessagesServer Server { get; }

    public StillClock Clock { get; }

    public string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    /// <summary>Opens an office.</summary>
    /// <param name="processes">How many processes there are, each with a handler and a ledger's writer of its own.</param>
    public static async Task<Office> OpenAsync(int processes = 1)
    {
        var clock = new StillClock();
        var server = await MessagesServer.StartAsync(new MessagesServerOptions { TimeProvider = clock, KeepSentBodies = false });
        var office = new Office(server, clock);
        for (var i = 0; i < processes; i++)
        {
            var ledger = PatientLedger.Open(office.LedgerPath);
            var handler = new MessagesTelemetryHandler(new MessagesTelemetryOptions
            {
                Ledger = ledger,
                TimeProvider = clock,
                // The clock stands still: no request may overtake the reading of one that was sent before it.
                EstimateBeforeSend = true,
            })
            {
                InnerHandler = new SocketsHttpHandler(),
            };
            office._processes.Add((ledger, new HttpClient(handler) { BaseAddress = server.BaseUrl }));
        }

        return office;
    }

    /// <summary>The client of a process.</summary>
    public HttpClient Client(int process = 0) => _processes[process].Client;

    /// <summary>Lets seconds pass.</summary>
    public void Wait(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Opens what was written.</summary>
    public LedgerReader Read() => LedgerReader.Open(LedgerPath);

    /// <summary>All calls, in the order in which they were sent.</summary>
    public IReadOnlyList<CallRecord> Calls()
    {
        using var reader = Read();
        return [.. reader.Calls(new CallFilter()).OrderBy(call => call.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (ledger, client) in _processes)
        {
            client.Dispose();
            await ledger.DisposeAsync();
        }

        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
