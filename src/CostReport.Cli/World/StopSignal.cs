using System.Runtime.InteropServices;

namespace CostReport.Cli.World;

/// <summary>Says when a command that runs until it is stopped shall end: at Ctrl+C, or when it is asked to terminate or its terminal is closed.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly IReadOnlyList<PosixSignalRegistration> _registrations;

    private StopSignal(CancellationTokenSource source, IReadOnlyList<PosixSignal> signals)
    {
        _source = source;
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Whether to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The signals of this process; they end the command instead of the process.</summary>
    public static StopSignal OfProcess() => new(new CancellationTokenSource(), [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]);

    /// <summary>Another's wish.</summary>
    public static StopSignal Of(CancellationToken other) => new(CancellationTokenSource.CreateLinkedTokenSource(other), []);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    // A second signal has its usual effect: nobody must wait for us.
    private void Take(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
