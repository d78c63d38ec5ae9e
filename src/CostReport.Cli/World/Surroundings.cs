using CostReport.Cli.Output;
using CostReport.Cli.Progress;
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

    /// <summary>Whether people see standard error as it is written, on a terminal that can draw over a line.</summary>
    public bool IsErrorTerminal { get; init; }

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

    /// <summary>The file that remembers what was told of a ledger, the default one where no path is given; null where nothing is remembered.</summary>
    public Func<string?, string?> Remembered { get; init; } = _ => null;

    /// <summary>Listens for the wish to end; only asked by commands that do not end by themselves.</summary>
    public Func<StopSignal> Stop { get; init; } = StopSignal.OfProcess;

    /// <summary>Estimates the input tokens of a request's body for a model, with the betas of its headers.</summary>
    public Func<ReadOnlyMemory<byte>, string?, IReadOnlyList<string>, PromptEstimate> Estimate { get; init; } = RememberedCounts.Estimator();

    /// <summary>Begins work that may take long, and says so where people see standard error.</summary>
    /// <param name="work">What is done, such as <c>reading the ledger</c>.</param>
    /// <param name="unit">What is counted, in the plural; empty where nothing is.</param>
    /// <returns>The line; its end is that of the work.</returns>
    public ProgressLine Begin(string work, string unit = "") => new(IsErrorTerminal ? Errors : null, Time, work, unit);
}
