using System.Globalization;

namespace OtlpExport;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>Rounds of calls; a round is about eight calls against the simulator, one call against the real API.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>The wait between two rounds, so that graphs have something to draw.</summary>
    public TimeSpan Pause { get; private init; } = TimeSpan.Zero;

    /// <summary>Whether the real API is called.</summary>
    public bool IsLive { get; private init; }

    /// <summary>What is wrong with the command line, in one line; null when nothing is.</summary>
    public string? Fault { get; private init; }

    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length && options.Fault is null; i++)
        {
            var number = i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) && value > 0 ? value : (int?)null;
            options = (args[i], number) switch
            {
                ("--live", _) when HasKey() => options with { IsLive = true, Rounds = 1 },
                ("--live", _) => options with { Fault = "--live needs a key: set ANTHROPIC_API_KEY" },
                ("--rounds" or "--pause", null) => options with { Fault = $"{args[i]} needs a number, for example '{args[i]} 10'" },
                ("--rounds", { } rounds) => options with { Rounds = rounds },
                ("--pause", { } seconds) => options with { Pause = TimeSpan.FromSeconds(seconds) },
                _ => options with { Fault = $"'{args[i]}' is unknown; there are --rounds N, --pause SECONDS and --live" },
            };
            i += args[i] is "--rounds" or "--pause" ? 1 : 0;
        }

        return options;
    }

    private static bool HasKey() => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"));
}
