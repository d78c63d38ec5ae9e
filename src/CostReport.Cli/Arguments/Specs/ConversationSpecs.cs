namespace CostReport.Cli.Arguments.Specs;

/// <summary>The commands about what belongs together: <c>conversations</c>, <c>sessions</c>, <c>tools</c>.</summary>
internal static class ConversationSpecs
{
    /// <summary>The commands.</summary>
    /// <param name="options">The options of each: those that choose calls, and the form.</param>
    /// <param name="others">The options that all reports have.</param>
    public static IEnumerable<CommandSpec> Of(IReadOnlyList<OptionSpec> options, IReadOnlyList<OptionSpec> others) =>
    [
        new("conversations", "Show conversations: cost, turns, growth, use of the cache, forks and loops.")
        {
            Argument = "[NAME]",
            Details =
            [
                "The dearest first; NAME shows one turn by turn, by its name or the id of one of its calls. No id from the application is needed: a call whose prompt extends an earlier one belongs to it, and attempts at one prompt are one turn. Where the application names a conversation or a session, that decides.",
                "Marks: forked (a turn was continued in two ways), edited (the history was changed), reframed (it was put under other tools or another system prompt), compacted (a summary took its place), loop (tools were called without getting anywhere).",
            ],
            Options = [.. options, ReportOptions.ChartOf("the cost of the dearest conversations"), .. others],
            Examples =
            [
                ("costreport conversations --since 24h", "which conversations cost most"),
                ("costreport conversations support-4711", "one of them, turn by turn"),
                ("costreport conversations 01KANB4QZD8V --since 7d", "the conversation of one call"),
                ("costreport conversations --since 7d --format csv", "for a spreadsheet"),
            ],
        },
        new("sessions", "Show sessions: conversations, turns, cost and use of the cache.")
        {
            Details = ["Sessions are named by the application, or found in the request (metadata.user_id, hashed). Calls without one stand together."],
            Options = [.. options, ReportOptions.ChartOf("the cost of the dearest sessions"), .. others],
            Examples =
            [
                ("costreport sessions --since 7d", "which sessions cost most"),
                ("costreport sessions --tag team=search --format json", "for a script"),
            ],
        },
        new("tools", "Show tools: rounds, errors, time, tokens and money, unused ones, loops.")
        {
            Details =
            [
                "A round is a tool's call and its result, each once. Its time is that from the end of the answer that asked to the start of the request that brings the result; several calls of one answer have the same. Results are priced as the new input that they became; definitions as part of every call's input.",
                "Loops: the same call again and again (repeat), two calls in turn (ping_pong), the same error again (same_error), many rounds that bring nothing new (no_progress). At risk is the cost of the calls since a loop's first result.",
            ],
            Options = [.. options, ReportOptions.ChartOf("the cost of results and definitions by tool"), .. others],
            Examples =
            [
                ("costreport tools --since 7d", "what each tool takes, and what is never used"),
                ("costreport tools --conversation support-4711", "the tools of one conversation"),
                ("costreport tools --since 30d --format csv", "for a spreadsheet"),
            ],
        },
    ];
}
