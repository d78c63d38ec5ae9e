using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Commands;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;
using Telemetry.Handler.Estimating.Prompts;
using Xunit;

namespace CostReport.Cli.Tests.Doubles;

/// <summary>The program in a world made by hand.</summary>
internal sealed class TestProgram(ILedgerSource ledger)
{
    public Screen Screen { get; init; } = new(80, HasColor: false, Ascii: false);

    /// <summary>The screen, where it changes.</summary>
    public Func<Screen>? LookAtScreen { get; init; }

    public TimeProvider Time { get; init; } = new FixedTime(Sample.Now);

    public Func<string?, ILedgerSource>? Open { get; init; }

    /// <summary>What tells one state of the ledger from another.</summary>
    public Func<LedgerStamp> Stamp { get; init; } = () => new LedgerStamp(1, Sample.Now.UtcDateTime);

    /// <summary>The file that remembers what was told.</summary>
    public string? Remembered { get; init; }

    /// <summary>When a command that goes on shall end.</summary>
    public CancellationToken End { get; init; } = new(canceled: true);

    /// <summary>Whether people see standard error as it is written.</summary>
    public bool IsErrorTerminal { get; init; }

    public string SearchPath { get; init; } = "";

    public IPriceSource Prices { get; init; } = new FakePrices();

    /// <summary>What is on standard input.</summary>
    public byte[] Input { get; init; } = [];

    public Func<ReadOnlyMemory<byte>, string?, IReadOnlyList<string>, PromptEstimate> Estimate { get; init; } = PlainEstimates.Of;

    public (ExitCode Code, string Output, string Errors) Run(params string[] words)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var code = Application.Run(words, new Surroundings
        {
            Output = output,
            Errors = errors,
            IsErrorTerminal = IsErrorTerminal,
            Time = Time,
            Version = "1.2.3",
            Screen = LookAtScreen ?? (() => Screen),
            OpenLedger = Open ?? (_ => ledger),
            Prices = Prices,
            SearchPath = SearchPath,
            Input = () => new MemoryStream(Input),
            Estimate = Estimate,
            Stamp = _ => Stamp(),
            Remembered = _ => Remembered,
            Stop = () => StopSignal.Of(End),
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    /// <summary>Runs and expects success.</summary>
    public string Output(params string[] words)
    {
        var (code, output, errors) = Run(words);
        Assert.Equal("", errors);
        Assert.Equal(ExitCode.Fine, code);
        return output;
    }
}
