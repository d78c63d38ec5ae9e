namespace Quickstart;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>Whether the ledger stays when the program ends.</summary>
    public bool Keep { get; private init; }

    /// <summary>Whether one real call is made instead of simulated ones.</summary>
    public bool IsLive { get; private init; }

    /// <summary>What is wrong with the command line, in one line; null when nothing is.</summary>
    public string? Fault { get; private init; }

    public static Options Parse(string[] args)
    {
        var options = new Options();
        foreach (var word in args)
        {
            options = word switch
            {
                "--keep" => options with { Keep = true },
                "--live" => options with { IsLive = true },
                _ => options with { Fault = $"'{word}' is unknown; there are --keep and --live" },
            };
        }

        return options.IsLive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"))
            ? options with { Fault = "--live needs a key: set ANTHROPIC_API_KEY" }
            : options;
    }
}
