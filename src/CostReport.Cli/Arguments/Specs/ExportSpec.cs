namespace CostReport.Cli.Arguments.Specs;

/// <summary><c>costreport export</c>.</summary>
internal static class ExportSpec
{
    private const string What = "What to show";

    /// <summary>The option that names the report.</summary>
    public const string Report = "--report";

    /// <summary>The option that names the file.</summary>
    public const string Out = "--out";

    /// <summary>The command.</summary>
    /// <param name="filters">The options that choose calls.</param>
    /// <param name="others">The options that all reports have.</param>
    public static CommandSpec Of(IEnumerable<OptionSpec> filters, IEnumerable<OptionSpec> others) =>
        new("export", "Write calls or any report for other programs: CSV or JSON lines.")
        {
            Details =
            [
                "Calls come as they are read, one attempt a row, oldest first, so that a ledger of any size needs little memory. The other reports have the rows of their command's --format csv; turns and advice are those of 'conversations NAME', for all of them, and of 'cache'. whatif, estimate and prices write CSV by themselves: what they say rests on more options.",
                "Columns keep their names and order; new ones come at the end. Money and other numbers with decimal places are exact: digits in CSV, strings in JSON. Times are UTC. The page docs/export.md of the project has every column of calls.",
            ],
            Options =
            [
                .. filters,
                new(Report, "NAME", What, "calls, usage, models, latency, errors, attempts, limits, context, conversations, turns, sessions, tools, cache, advice, accuracy or doctor. Default: calls.") { Values = OptionValues.Exports },
                new("--by", "DIMENSION", What, "For usage, latency, attempts and cache: a row by hour, day, week, month, model, provider, session, conversation, tag:KEY, status, stop_reason or error. Several: --by day,model.") { Repeatable = true, Values = OptionValues.Dimensions },
                new("--format", "FORMAT", What, "csv or jsonl. Default: csv.") { Values = OptionValues.ExportFormats },
                new(Out, "FILE", What, "Write into a file, whole or not at all. Default: standard output."),
                .. others,
            ],
            Examples =
            [
                ("costreport export --since 30d --out calls.csv", "every attempt of a month, for a spreadsheet"),
                ("costreport export --format jsonl --since 24h", "a line of JSON for each attempt, for jq or a loader"),
                ("costreport export --report usage --by day,tag:team --out teams.csv", "the cost of each team by day"),
                ("costreport export --report turns --format jsonl --out turns.jsonl", "all conversations, turn by turn"),
            ],
        };
}
