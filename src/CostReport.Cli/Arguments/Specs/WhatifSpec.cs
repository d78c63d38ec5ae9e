namespace CostReport.Cli.Arguments.Specs;

/// <summary><c>costreport whatif</c>: its name for the filter by model is its own, since <c>--model</c> is what is assumed.</summary>
internal static class WhatifSpec
{
    private const string Assume = "What to assume, one or several";
    private const string What = "What to show";

    private static readonly OptionSpec[] Assumptions =
    [
        new("--ttl", "LIFETIME", Assume, "Cache entries live for 1h or 5m, whatever was asked for.") { Values = ["5m", "1h"] },
        new("--no-cache", null, Assume, "Nothing is cached."),
        new("--breakpoints", "PLACES", Assume, "Cache breakpoints stand at the end of tools, system or the prompt (last), several with commas; auto: one at the end beside those that were there; none: as --no-cache.") { Values = ["tools", "system", "last", "auto", "none"] },
        new("--model", "MODEL", Assume, "Every call goes to this model, in the spelling of any provider."),
        new("--batch", null, Assume, "Every call is part of a message batch."),
        new("--geo", "GEO", Assume, "Inference runs in the US only (us) or anywhere (global).") { Values = ["us", "global"] },
    ];

    /// <summary>The command.</summary>
    /// <param name="filters">The options that choose calls.</param>
    /// <param name="others">The options that all reports have.</param>
    public static CommandSpec Of(IEnumerable<OptionSpec> filters, IEnumerable<OptionSpec> others) => new("whatif", "Show what calls would have cost under another assumption.")
    {
        Details =
        [
            "Prices are applied to what was measured; where it matters what is in the prompt cache, the calls are played again in their order through a model of the cache, once as they were and once under the assumption. The difference of the two is added to the cost in the ledger.",
            "The report says of each assumption what is exact, what is played again and what is estimated, and names the calls that it can say nothing of. The page docs/whatif.md of the project explains how.",
        ],
        Options =
        [
            .. Assumptions,
            .. filters.Select(o => string.Equals(o.Name, "--model", StringComparison.Ordinal) ? o with { Name = "--from-model" } : o),
            new("--by", "DIMENSION", What, "A row by hour, day, week, month, model, provider, session or tag:KEY. Several: --by day,model. Default: model.")
            { Repeatable = true, Values = ["hour", "day", "week", "month", "model", "provider", "session", "tag:"] },
            .. others,
        ],
        Examples =
        [
            ("costreport whatif --ttl 1h --since 7d", "would an hour pay for last week's calls?"),
            ("costreport whatif --no-cache --since 30d --by day", "what caching saved, day by day"),
            ("costreport whatif --model claude-sonnet-5-5 --from-model 'claude-opus-*'", "a cheaper model for some calls, with the other tokenizer's interval"),
            ("costreport whatif --breakpoints tools,system,last --session nightly", "breakpoints in three places"),
            ("costreport whatif --batch --tag job=report --format json", "half the price for what nobody waits for"),
            ("costreport whatif --geo us --ttl 1h", "two things at once"),
        ],
    };
}
