using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using Telemetry.Handler.Estimating.Prompts;

namespace CostReport.Cli.World;

/// <summary>Everything a command needs of the world, so that a test can be the world.</summary>
internal sealed record Surroundings
{
    /// <summary>Standard output, as bytes.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>The clock and the machine's time zone.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Looks at the screen; only asked when something is drawn.</summary>
    public required Func<Screen> Screen { get; init; }

    /// <summary>Opens a ledger; the default one where no path is given.</summary>
    public required Func<string?, ILedgerSource> OpenLedger { get; init; }

    /// <summary>The folders in which programs are looked for, as in <c>PATH</c>.</summary>
    public string SearchPath { get; init; } = "";

    /// <summary>Today's prices.</summary>
    public required IPriceSource Prices { get; init; }

    /// <summary>Deletes old calls.</summary>
    public IRetention Retention { get; init; } = new LedgerRetention();

    /// <summary>Standard input; only opened when it is asked for.</summary>
    public Func<Stream> Input { get; init; } = () => Stream.Null;

    /// <summary>Looks whether a ledger has changed; at the default one where no path is given.</summary>
    public Func<string?, LedgerStamp> Stamp { get; init; } = _ => default;

    /// <summary>Listens for the wish to end; only asked by commands that do not end by themselves.</summary>
    public Func<StopSignal> Stop { get; init; } = StopSignal.OfProcess;

    /// <summary>Estimates the input tokens of a request's body for a model.</summary>
    public Func<ReadOnlyMemory<byte>, string?, PromptEstimate> Estimate { get; init; } = RememberedCounts.Estimator();
}
