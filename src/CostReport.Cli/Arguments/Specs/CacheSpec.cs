namespace CostReport.Cli.Arguments.Specs;

/// <summary><c>costreport cache</c>.</summary>
internal static class CacheSpec
{
    private const string Which = "Which calls";
    private const string What = "What to show";

    /// <summary>The option that chooses among reasons.</summary>
    public const string Reason = "--reason";

    /// <summary>The option that says how many breaks are listed.</summary>
    public const string Breaks = "--breaks";

    /// <summary>The option of other commands that chooses calls with a break.</summary>
    public static readonly OptionSpec OnlyBreaks = new("--cache-breaks", null, Which, "Only calls that lost something of the prompt cache that their conversation had.");

    /// <summary>The command.</summary>
    /// <param name="filters">The options that choose calls.</param>
    /// <param name="others">The options that all reports have.</param>
    public static CommandSpec Of(IEnumerable<OptionSpec> filters, IEnumerable<OptionSpec> others) =>
        new("cache", "Show what the prompt cache saved, what broke it, and what would save more.")
        {
            Details =
            [
                "A break is a call that read less than its conversation had in the cache; what it lost is what it cost more than with these tokens read. Missed reads lost nothing that a conversation had and are told apart, as is what the provider lost by itself. The remedy is told with each reason that was found; the page docs/cache-diagnosis.md of the project has all of them.",
                "Saved is against the same tokens without a cache, and negative where caching cost more. Advice is priced over the calls of the report, at most the last 100,000; what would save less than a cent, or than half a percent of what input cost, is left out.",
            ],
            Options =
            [
                .. filters,
                new(Reason, "NAME", Which, "Only breaks for this reason, such as system_changed or ttl_expired_5m. Any of several. All else is of all calls.") { Repeatable = true },
                new(Breaks, "N", What, "At most so many breaks, the worst. Default: 10 in a table or markdown; in json and csv all, up to 100,000."),
                new("--by", "DIMENSION", What, "A row by hour, day, week, month, model, provider, session, conversation, tag:KEY, status, stop_reason or error, instead of the whole report. Several: --by day,model.") { Repeatable = true, Values = OptionValues.Dimensions },
                new("--chart", "FILE", What, "Also draw the tokens read, written and uncached over time into a file: FILE.svg, or FILE.png where rsvg-convert, resvg or Chromium is on the PATH."),
                .. others,
            ],
            Examples =
            [
                ("costreport cache --since 7d", "hit ratio, money, breaks by reason, advice"),
                ("costreport cache --since 24h --reason system_changed --breaks 50", "where the system prompt changes"),
                ("costreport cache --since 30d --by day,model --format csv", "for a spreadsheet"),
                ("costreport cache --since 7d --format json", "for a script or an alert on hit_ratio and wasted_usd"),
                ("costreport cache --since 30d --chart cache.svg", "a picture of what was read, written and uncached"),
            ],
        };
}
