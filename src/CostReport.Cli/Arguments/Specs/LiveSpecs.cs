namespace CostReport.Cli.Arguments.Specs;

/// <summary>The commands that go on: <c>watch</c> and <c>serve</c>, and <c>statusline</c>, which is called again and again.</summary>
internal static class LiveSpecs
{
    private const string What = "What to show";
    private const string Where = "Where to serve";

    /// <summary>How often to look.</summary>
    public static OptionSpec Every { get; } = new("--every", "TIME", What,
        "How often to look whether the ledger has changed, in seconds or minutes (2s, 1m). Default: 2s.");

    /// <summary>What <see cref="Every"/> is where it is not given.</summary>
    public static TimeSpan DefaultEvery { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The line that <c>statusline</c> writes.</summary>
    public static OptionSpec Template { get; } = new("--template", "TEXT", What,
        "The line, with {today} and {session} for costs, {cache} for the share of today's prompts that was read from the cache, {calls} for today's calls, {failed} for today's failed attempts, and {name} for the session. What is not known is a dash.");

    /// <summary>The port of <c>serve</c>.</summary>
    public static OptionSpec Port { get; } = new("--port", "N", Where, "The port on 127.0.0.1. Default: one that is free.");

    /// <summary>Where the token of <c>serve</c> is kept.</summary>
    public static OptionSpec TokenFile { get; } = new("--token-file", "FILE", Where,
        "Keep the token in this file, so that the address is the same after a restart. It is made where it is missing, for you alone. Default: a new token at each start.");

    /// <summary>The commands.</summary>
    /// <param name="filters">The options that choose calls.</param>
    /// <param name="others">The options that all commands have.</param>
    public static IEnumerable<CommandSpec> Of(IReadOnlyList<OptionSpec> filters, IReadOnlyList<OptionSpec> others) =>
    [
        new("watch", "Show the cost as it grows, until Ctrl+C.")
        {
            Details =
            [
                "The summary and the last calls, drawn again in place when the ledger has changed; the period is today where none is given. The terminal is left as it was. In a pipe or a file, a line is written at each change.",
            ],
            Options = [.. From(filters, "today"), Every, .. others, CommonOptions.Ascii, CommonOptions.HelpText],
            Examples =
            [
                ("costreport watch", "today, as it goes"),
                ("costreport watch --since 1h --tag team=search", "the last hour of one team"),
                ("costreport watch --every 30s", "look less often"),
            ],
        },
        new("serve", "Show the report in a browser as it grows, until Ctrl+C.")
        {
            Details =
            [
                "The page of --html, which renews itself when the ledger has changed; the period is the last 7 days where none is given. The address is written when it can be opened. It holds a random token, and only this machine can reach it.",
                "Below the address, metrics is what Prometheus reads: sums over all calls that the other filters choose, whatever the period. The page docs/live.md of the project says what to configure.",
            ],
            Options = [.. From(filters, "the last 7 days"), Every, Port, TokenFile, .. others, CommonOptions.HelpText],
            Examples =
            [
                ("costreport serve", "the last 7 days, renewed as calls come in"),
                ("costreport serve --since today --port 9464", "today, at a port that you choose"),
                ("costreport serve --port 9464 --token-file ~/.costreport-token", "for Prometheus: the same address after a restart"),
            ],
        },
        new("statusline", "Write a short line for a prompt, an editor or tmux.")
        {
            Details =
            [
                "Today's cost, what the session of the last call has cost in the last day, and how much of today's prompts was read from the cache. Where the ledger is missing, locked or slow, the line says so, and the exit status is 0: a prompt must not break. In tmux.conf: set -g status-right '#(costreport statusline)'.",
            ],
            Options = [Template, .. others, CommonOptions.Ascii, CommonOptions.HelpText],
            Examples =
            [
                ("costreport statusline", "for example: $1.23 today · $0.45 session · 87.3% cached"),
                ("costreport statusline --template '{today}/{calls}'", "what you choose"),
            ],
        },
    ];

    // Where a command goes on, a period is short if none is given.
    private static IEnumerable<OptionSpec> From(IReadOnlyList<OptionSpec> filters, string period) => filters.Select(option => option == CommonOptions.Since
        ? option with { Text = option.Text.Replace(CommonOptions.FromTheFirst, $"Default: {period}, where there is no --until either.", StringComparison.Ordinal) }
        : option);
}
