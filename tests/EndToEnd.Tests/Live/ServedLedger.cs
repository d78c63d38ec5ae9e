using System.IO.Pipes;
using CostLedger;
using CostReport.Cli;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using CostReport.Cli.World;
using EndToEnd.Tests.Html;
using Testing;

namespace EndToEnd.Tests.Live;

/// <summary>A ledger that grows, and <c>costreport serve</c> on it; it can be ended and started again at the same address.</summary>
internal sealed class ServedLedger : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("served-ledger-");
    private readonly SqliteLedger _ledger;
    private CancellationTokenSource _stop = new();
    private Task<ExitCode> _running = Task.FromResult(ExitCode.Fine);
    private int _calls;

    private ServedLedger() => _ledger = PatientLedger.Open(LedgerFile);

    /// <summary>Where the page is, token included.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The address with another token or path.</summary>
    public Uri Beside(string path) => new(new Uri(Address, "/"), path);

    private string LedgerFile => Path.Combine(_folder.FullName, "ledger.db");

    /// <summary>Starts with calls over the last five days.</summary>
    public static async Task<ServedLedger> StartAsync(int calls = 120)
    {
        var served = new ServedLedger();
        for (var i = 0; i < calls; i++)
        {
            await served.AddAsync(TimeSpan.FromHours(120.0 * (calls - i) / calls));
        }

        await served.StartAgainAsync();
        return served;
    }

    /// <summary>Writes one more call.</summary>
    public Task AddAsync(TimeSpan ago = default)
    {
        var at = TimeProvider.System.GetUtcNow() - ago;
        return _ledger.WriteAsync(Pages.Call(_calls++, at), default).AsTask();
    }

    /// <summary>Ends the server as Ctrl+C does.</summary>
    public async Task<ExitCode> StopAsync()
    {
        await _stop.CancelAsync();
        return await _running;
    }

    /// <summary>Starts the server where it was.</summary>
    public async Task StartAgainAsync()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        string[] port = Address.IsDefaultPort ? [] : ["--port", $"{Address.Port}"];
        string[] words = ["serve", "--ledger", LedgerFile, "--every", "1s", "--token-file", Path.Combine(_folder.FullName, "token"), .. port];
        var stop = _stop.Token;
        _running = Task.Run(async () =>
        {
            await using var output = pipe;
            await using var errors = new StringWriter();
            return Application.Run(words, ThisProcess.Surroundings() with { Output = output, Errors = errors, Stop = () => StopSignal.Of(stop) });
        }, CancellationToken.None);
        Address = new Uri(await reader.ReadLineAsync(CancellationToken.None) ?? throw new InvalidOperationException("The server did not start."));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
