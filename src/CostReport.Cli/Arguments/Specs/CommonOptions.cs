namespace CostReport.Cli.Arguments.Specs;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>What <see cref="Since"/> is where it is not given.</summary>
    public const string FromTheFirst = "Default: from the first call.";

    private const string Which = "Which calls";
    private const string What = "What to show";
    private const string General = "General";

    /// <summary>Where the ledger is.</summary>
    public static OptionSpec Ledger { get; } = new("--ledger", "PATH", General,
        "The ledger's file. Default: $COSTLEDGER_PATH, else costledger/ledger.db in the local application data.");

    /// <summary>The time zone.</summary>
    public static OptionSpec Zone { get; } = new("--tz", "ZONE", General,
        "The time zone that days are cut in, by its IANA name (Europe/Berlin, UTC). Default: the machine's.");

    /// <summary>No Unicode.</summary>
    public static OptionSpec Ascii { get; } = new("--ascii", null, General, "Draw with ASCII only.");

    /// <summary>The help.</summary>
    public static OptionSpec HelpText { get; } = new("--help", null, General, "Show this help.") { Alias = "-h" };

    /// <summary>The version.</summary>
    public static OptionSpec VersionText { get; } = new("--version", null, General, "Show the version.");

    /// <summary>The form of output.</summary>
    public static OptionSpec Format { get; } = new("--format", "FORMAT", What, "table, json, csv or markdown. Default: table.") { Values = OptionValues.Formats };

    /// <summary>The page with charts.</summary>
    public static OptionSpec Page { get; } = new("--html", "FILE", What,
        "Also write a page to look at in a browser: one file that needs no network, with charts, tables to sort and filter, and single calls in full.");

    /// <summary>Any report as a page.</summary>
    public static OptionSpec ReportPage { get; } = new("--html", "FILE", What,
        "Also write the report as a page to look at in a browser: one file that needs no network, with the report's chart, where it has one, and tables to sort and filter.");

    /// <summary>The last calls only.</summary>
    public static OptionSpec Last { get; } = new("--last", "N", What,
        "Only the last N calls. Default: 20 in a table or markdown, all in json and csv.");

    /// <summary>Another price list.</summary>
    public static OptionSpec PriceFile { get; } = new("--prices", "FILE", What, "A price file to use instead of the built-in price list.");

    /// <summary>Nothing is written.</summary>
    public static OptionSpec DryRun { get; } = new("--dry-run", null, What, "Only show what would change; write nothing.");

    /// <summary>The bound of <c>prune</c>.</summary>
    public static OptionSpec Before { get; } = new("--before", "TIME", Which,
        "Calls that began before this time: a time ago (90d), a day (2026-11-01), a month (2026-11) or a time (2026-11-01T09:30). Required.");

    /// <summary>The first time.</summary>
    public static OptionSpec Since { get; } = new("--since", "TIME", Which,
        "Calls from this time on: a time ago (30m, 24h, 7d, 2w; 7d is the last 7 x 24 hours), a day (2026-11-01: its midnight in the time zone; today, yesterday), a month (2026-11) or a time (2026-11-01T09:30, with Z or +01:00 where it is not in the time zone). " + FromTheFirst);

    /// <summary>The last time.</summary>
    public static OptionSpec Until { get; } = new("--until", "TIME", Which, "Calls before this time, in the same forms. Default: no end.");

    /// <summary>Which calls.</summary>
    public static OptionSpec[] Filters { get; } =
    [
        Since,
        Until,
        new("--model", "GLOB", Which, "Models served or requested; * and ? stand for any characters. Any of several.") { Repeatable = true },
        new("--provider", "NAME", Which, "anthropic, bedrock, bedrock_mantle, vertex, foundry, aws_gateway or google_cloud. Any of several.") { Repeatable = true, Values = OptionValues.Providers },
        new("--session", "NAME", Which, "Sessions, exactly. Any of several.") { Repeatable = true },
        new("--conversation", "NAME", Which, "Conversations by name or a call's id. Any of several.") { Repeatable = true },
        new("--tag", "KEY=VALUE", Which, "Calls with this tag. All of several.") { Repeatable = true },
        new("--status", "STATUS", Which, "success, error, canceled, timeout, truncated, refused or interrupted; an HTTP status (429) or a class of them (5xx). Any of several.") { Repeatable = true, Values = OptionValues.Outcomes },
    ];
}
