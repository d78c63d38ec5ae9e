namespace Quickstart;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>Where the ledger is; null: in a temporary folder.</summary>
    public string? Ledger { get; private init; }

    /// <summary>Whether the ledger stays when the program ends.</summary>
    public bool Keep { get; private init; }

    /// <summary>Whether one real call is made instead of simulated ones.</summary>
    public bool IsLive { get; private init; }

    /// <summary>What is wrong with the command line, in one line; null when nothing is.</summary>
    public string? Fault { get; private init; }

    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length && options.Fault is null; i++)
        {
            options = args[i] switch
            {
                "--keep" => options with { Keep = true },
                "--live" => options with { IsLive = true },
                "--ledger" when i + 1 < args.Length => options with { Ledger = Path.GetFullPath(args[++i]), Keep = true },
                "--ledger" => options with { Fault = "--ledger needs a file, for example '--ledger try.db'" },
                _ => options with { Fault = $"'{args[i]}' is unknown; there are --keep, --ledger FILE and --live" },
            };
        }

        return options.IsLive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"))
            ? options with { Fault = "--live needs a key: set ANTHROPIC_API_KEY" }
            : options;
    }
}
