using CostReport.Cli.Arguments.Specs;
using static CostReport.Cli.Arguments.Specs.CommonOptions;
using static CostReport.Cli.Arguments.Specs.ReportOptions;

namespace CostReport.Cli.Arguments;

/// <summary>Every command and option.</summary>
internal static class CommandCatalog
{
    /// <summary>The commands, in the order of the help.</summary>
    public static IReadOnlyList<CommandSpec> All { get; } =
    [
        new("", "Show what calls to Claude's Messages API cost.")
        {
            Details =
            [
                "Without --by: totals, the change against the period before, cost by class, per day and by model, errors, and what caching saved.",
                "Exit status: 0 fine; 1 the answer is 'no' (a call in the report has no price, a check failed); 2 wrong usage; 3 the ledger cannot be read; 4 a fault of costreport itself. Errors are one line on standard error.",
            ],
            Options = [.. Filters, By, Format, Chart, Page, Ledger, Zone, Ascii, VersionText, HelpText],
            Examples =
            [
                ("costreport --since 7d", "the last 7 x 24 hours"),
                ("costreport --since 2026-11-01 --until 2026-12-01", "November, in the machine's time zone"),
                ("costreport --since 7d --by model", "one line a model"),
                ("costreport --by day,tag:team --format csv", "by day and team, for a spreadsheet"),
                ("costreport --model 'claude-opus-*' --status 5xx", "failed calls of one family"),
                ("costreport --since 30d --chart cost.svg", "a picture of the cost per day"),
                ("costreport --since 7d --html week.html", "a page to show to the person who pays"),
            ],
        },
        new("models", "Show each model's tokens by class, times the price paid, and the cost.")
        {
            Details = ["The price is the effective one: cost by tokens, over everything that changed it (dates, batch, fast mode, geography, long context)."],
            Options = [.. Filters, Format, ChartOf("the cost per day by model"), ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport models --since 30d", "what each model cost, class by class"),
                ("costreport models --model '*haiku*' --format markdown", "for a pull request"),
            ],
        },
        new("calls", "List calls, every attempt on a line, oldest first.")
        {
            Options = [.. Filters, CacheSpec.OnlyBreaks, Last, Format, ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport calls", "the last 20"),
                ("costreport calls --since 1h --status error --last 100", "what failed in the last hour"),
                ("costreport calls --since 7d --format json", "everything that is known of each call"),
            ],
        },
        new("calls show", "Show one call: its timeline, and the sum that explains its cost.")
        {
            Argument = "ID",
            Details = ["ID is the ledger's id or the beginning of it (4 characters or more), the message id (msg_…) or the request id (req_…)."],
            Options = [Format, ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport calls show 01KANB4QZD8V", "by the id in the list of calls"),
                ("costreport calls show req_011CVKTVwLF5tYQX1o1b2c3d", "by the id in an error message"),
            ],
        },
        new("latency", "Show how long answers took: percentiles, tokens per second, the slowest.")
        {
            Details =
            [
                "Only answers that came whole are measured, each attempt by itself; attempts that failed are counted apart. Calls that count tokens, list models or handle batches are left out.",
                "Percentiles are nearest-rank, and exact for up to 16,384 answers; beyond that they are within 0.05 %. Tokens per second of a stream count from its first token, of other answers from the start.",
            ],
            Options = [.. Filters, LatencyBy, Format, LatencyChart, ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport latency --since 24h", "the last day"),
                ("costreport latency --since 7d --by model", "which model is slow"),
                ("costreport latency --by hour --since 24h --format csv", "how it went over the day, for a spreadsheet"),
                ("costreport latency --since 30d --chart latency.svg", "a picture of p50, p95 and p99 per day"),
            ],
        },
        new("errors", "Show which attempts failed, how often, and what they cost.")
        {
            Details =
            [
                "By category (rate_limit, overloaded, server, client, authentication, network, timeout, truncated, canceled, interrupted), error type, status and model. An answer that was cut off has failed whatever its status; what the caller canceled is shown, and is no failure.",
                "Shares are of all attempts that the other filters choose; --status chooses among the failures.",
            ],
            Options = [.. Filters, Format, ChartOf("how often each kind of error came"), ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport errors --since 24h", "what failed in the last day"),
                ("costreport errors --since 7d --status 429", "how often the rate limit was met"),
                ("costreport errors --since 1h --format json", "with ids and request ids, for a ticket"),
            ],
        },
        new("attempts", "Show what retries and failures wasted, and what may be billed twice.")
        {
            Details =
            [
                "By logical call: the attempts that belong together are tied by the SDK's span, its retry count, the same request message, or the same body within two minutes. Wasted are attempts that another followed, a last one that failed, and one that its caller abandoned. The results of batches are not among them: nobody retries them one by one. 'costreport' alone and 'errors' count them.",
                "Possibly billed twice: an attempt that was given up after its request had been sent, and then answered by another.",
            ],
            Options = [.. Filters, AttemptsBy, Format, ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport attempts --since 7d", "what the last week wasted"),
                ("costreport attempts --since 7d --by model", "which model is tried again and again"),
                ("costreport attempts --since 30d --by day,error --format csv", "for a spreadsheet"),
            ],
        },
        new("limits", "Show how near the rate limits are, and when the tightest runs out.")
        {
            Details =
            [
                "From the headers of answers: what is left now (what was told last, and what was refilled since), the least of the period, the use of the last ten minutes, and when the limit runs out at that rate. Limits are told apart by provider, host, holder and model.",
                "Of the filters, --since, --until, --model and --provider choose limits; all choose the refused attempts.",
            ],
            Options = [.. Filters, Format, LimitsChart, ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport limits --since 24h", "headroom, the tightest limit, refused attempts"),
                ("costreport limits --since 1h --format json", "for an alert"),
                ("costreport limits --since 7d --chart limits.svg", "a picture of the tightest limit"),
            ],
        },
        new("context", "Show what fills the context window, by conversation and turn.")
        {
            Argument = "[NAME]",
            Details =
            [
                "The fullest conversation turn by turn, then all of them; NAME chooses one, by its name or the id of one of its calls. Calls belong together as in 'costreport conversations'.",
                "Tokens are the provider's; by source they are estimated and scaled to them. The rate is the middle of the last eight turns; the next turn's cost is that of the last, its input grown at the rate.",
            ],
            Options = [.. Filters, Format, ChartOf("what the last turn of the fullest conversation, or of NAME, holds"), ReportPage, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport context --since 24h", "which conversation is nearly full, and of what"),
                ("costreport context 01KANB4QZD8V --since 7d", "the conversation of one call"),
                ("costreport context --since 7d --format csv", "every turn, for a spreadsheet"),
            ],
        },
        .. ConversationSpecs.Of([.. Filters, Format], [ReportPage, Ledger, Zone, Ascii, HelpText]),
        CacheSpec.Of(Filters, [Format, ReportPage, PriceFile, Ledger, Zone, Ascii, HelpText]),
        new("estimate", "Estimate the tokens and the cost of a request before it is sent, and review it.")
        {
            Argument = "[FILE|-]",
            Details =
            [
                "Without --accuracy, FILE is needed: the JSON body of a Messages request, a HAR file or an entry of one, or the body of a message batch; - is standard input. No ledger is needed, and nothing is sent.",
                "The cost is that of the input, uncached, and of the answer where --output-tokens says how long it is. Exit status 1 when there is no price, a request cannot be estimated, or --max-cost is passed.",
                "With --accuracy no file is read: calls in the ledger are, whose input was estimated and then counted. --model then takes a pattern. A file's tokens are those of the shipped constants; the handler's, of which --accuracy tells, are corrected by what it measured.",
            ],
            Options = [.. Estimating, Accuracy, Since, Until, PriceFile, Format, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport estimate request.json", "tokens, cost, cache breakpoints and warnings"),
                ("costreport estimate request.json --compare 'claude-sonnet*'", "the same at other models"),
                ("costreport estimate session.har --entry 3 --all", "the third call that a browser or proxy saved, block by block"),
                ("costreport estimate requests.jsonl --jsonl", "a line for each request"),
                ("costreport estimate batch.json --max-cost 5", "does this batch stay below five dollars of input?"),
                ("costreport estimate - --format json", "what another program writes, for a script"),
                ("costreport estimate --accuracy --since 7d", "how near last week's estimates came"),
            ],
        },
        WhatifSpec.Of(Filters, [PriceFile, Format, ReportPage, Ledger, Zone, Ascii, HelpText]),
        ExportSpec.Of(Filters, [PriceFile, Ledger, Zone, HelpText]),
        .. LiveSpecs.Of(Filters, [Ledger, Zone]),
        new("prices", "Look at prices, check a price file, apply new prices to old calls.") { IsGroup = true, Options = [HelpText] },
        new("prices list", "List the prices in force today, by model and provider.")
        {
            Options = [Format, Ascii, HelpText],
            Examples = [("costreport prices list", "dollars per million tokens, by class")],
        },
        new("prices show", "Show every price of a model: periods, providers, bands, sources.")
        {
            Argument = "MODEL",
            Details = ["MODEL is an id in the spelling of any provider."],
            Options = [Format, Ascii, HelpText],
            Examples = [("costreport prices show claude-haiku-5-5", "its prices, past and present")],
        },
        new("prices check", "Check a price file and list every fault with its place.")
        {
            Argument = "[FILE]",
            Details = ["Without FILE the built-in price list is checked. Exit status 1 when there are faults."],
            Options = [Format, Ascii, HelpText],
            Examples = [("costreport prices check pricing.json", "before it is used")],
        },
        new("prices reprice", "Price old calls again, and say what changes and why.")
        {
            Details = ["Only costs that change are written. Each keeps the version of the price list that it comes from."],
            Options = [.. Filters, PriceFile, DryRun, Format, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport prices reprice --dry-run", "look first"),
                ("costreport prices reprice --since 2026-11-01", "write the new costs"),
                ("costreport prices reprice --prices ours.json --model 'claude-next'", "a model that the built-in list does not know"),
            ],
        },
        new("prune", "Delete old calls, with all that belongs to them alone.")
        {
            Details =
            [
                "Their details, estimates and prompts go with them, old minutes of rate limits, and the blocks of prompts that no remaining call has. Other programs may use the ledger meanwhile. The file keeps its size; the space is used again.",
            ],
            Options = [Before, DryRun, Format, Ledger, Zone, Ascii, HelpText],
            Examples =
            [
                ("costreport prune --before 90d --dry-run", "look first"),
                ("costreport prune --before 90d", "keep the last 90 days"),
            ],
        },
        new("doctor", "Examine the ledger: integrity, schema, spool, calls without a price.")
        {
            Details = ["Exit status 1 when something needs doing."],
            Options = [Format, Ledger, Zone, Ascii, HelpText],
            Examples = [("costreport doctor", "is everything in order?")],
        },
        CompletionSpec.Command,
    ];

    /// <summary>Finds a command by its words.</summary>
    public static CommandSpec? Find(string name) => All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
}
