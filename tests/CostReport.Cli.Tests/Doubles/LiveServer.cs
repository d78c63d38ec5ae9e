using System.IO.Pipes;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Tests.Doubles;

/// <summary><c>costreport serve</c>, running; it is stopped at the end as Ctrl+C stops it.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AnonymousPipeServerStream _output = new(PipeDirection.Out);
    private readonly StringWriter _errors = new();
    private readonly Task<ExitCode> _running;

    private LiveServer(Func<string?, ILedgerSource> open, Func<LedgerStamp> stamp, IEnumerable<string> words)
    {
        var surroundings = new Surroundings
        {
            Output = _output,
            Errors = _errors,
            Time = new Unhurried(),
            Version = "1.2.3",
            Screen = () => new Screen(80, HasColor: false, Ascii: false),
            OpenLedger = open,
            Prices = new FakePrices(),
            Stamp = _ => stamp(),
            Stop = () => StopSignal.Of(_stop.Token),
        };
        _running = Task.Run(() => Application.Run(["serve", "--every", "1s", .. words], surroundings));
    }

    /// <summary>The address that was written.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The client; it asks below the address.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Starts one.</summary>
    /// <param name="open">Opens the ledger.</param>
    /// <param name="stamp">What tells one state of the ledger from another.</param>
    /// <param name="words">More words of the command line.</param>
    public static async Task<LiveServer> StartAsync(Func<string?, ILedgerSource> open, Func<LedgerStamp>? stamp = null, params string[] words)
    {
        var server = new LiveServer(open, stamp ?? (() => new LedgerStamp(1, DateTime.UnixEpoch)), words);
        using var reader = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, server._output.ClientSafePipeHandle));
        server.Address = new Uri(await reader.ReadLineAsync() ?? throw new InvalidOperationException(server._errors.ToString()));
        server.Client.BaseAddress = server.Address;
        return server;
    }

    /// <summary>Stops it as Ctrl+C does.</summary>
    public async Task<(ExitCode Code, string Errors)> StopAsync()
    {
        await _stop.CancelAsync();
        return (await _running, _errors.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Waits as long as any clock, and finds that nothing took long: however busy the machine is, no report is too dear to renew.</summary>
    private sealed class Unhurried : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
