namespace CostReport.Cli.Arguments.Specs;

/// <summary>Options of single commands.</summary>
internal static class ReportOptions
{
    private const string Which = "Which calls";
    private const string What = "What to show";

    /// <summary>The groups of the report.</summary>
    public static OptionSpec By { get; } = new("--by", "DIMENSION", What,
        "A table by hour, day, week, month, model, provider, session, conversation, tag:KEY, status, stop_reason or error, instead of the summary. Several: --by day,model.")
    { Repeatable = true, Values = OptionValues.Dimensions };

    /// <summary>The chart of the report.</summary>
    public static OptionSpec Chart { get; } = new("--chart", "FILE", What,
        "Also draw the cost per day by model, or by what --by asks for, into a file: FILE.svg, or FILE.png where rsvg-convert, resvg or Chromium is on the PATH.");

    /// <summary>The groups of <c>latency</c> and <c>errors</c>.</summary>
    public static OptionSpec LatencyBy { get; } = new("--by", "DIMENSION", What,
        "Also a row by hour, day, week, month, model, provider, session, conversation, tag:KEY, status, stop_reason or error. Several: --by day,model.")
    { Repeatable = true, Values = OptionValues.Dimensions };

    /// <summary>The chart of <c>latency</c>.</summary>
    public static OptionSpec LatencyChart { get; } = new("--chart", "FILE", What,
        "Also draw p50, p95 and p99 of the duration over time, or how many answers took how long where that is but one point, into a file: FILE.svg, or FILE.png where rsvg-convert, resvg or Chromium is on the PATH.");

    /// <summary>The groups of <c>attempts</c>.</summary>
    public static OptionSpec AttemptsBy { get; } = new("--by", "DIMENSION", What,
        "A row by hour, day, week, month, model, provider, session, conversation, tag:KEY, status, stop_reason or error, instead of the whole report. Several: --by day,model.")
    { Repeatable = true, Values = OptionValues.Dimensions };

    /// <summary>The chart of <c>limits</c>.</summary>
    public static OptionSpec LimitsChart { get; } = new("--chart", "FILE", What,
        "Also draw what was left of the tightest limits over time into a file: FILE.svg, or FILE.png where rsvg-convert, resvg or Chromium is on the PATH.");

    /// <summary>The chart of another report.</summary>
    /// <param name="what">What it shows.</param>
    public static OptionSpec ChartOf(string what) => new("--chart", "FILE", What,
        $"Also draw {what} into a file: FILE.svg, or FILE.png where rsvg-convert, resvg or Chromium is on the PATH.");

    /// <summary>The options of <c>estimate</c>.</summary>
    public static OptionSpec[] Estimating { get; } =
    [
        new("--model", "MODEL", Which, "The model, in the spelling of any provider. Default: the one that the request or its URL names."),
        new("--provider", "NAME", Which, "Whose prices: anthropic, bedrock, bedrock_mantle, vertex, foundry, aws_gateway or google_cloud. Default: the request's, else anthropic.") { Values = OptionValues.Providers },
        new("--batch", null, Which, "Price it as a part of a message batch."),
        new("--entry", "N", Which, "The Nth request of a HAR file or of a batch, from 1. Default: the first of a HAR file, all of a batch."),
        new("--jsonl", null, Which, "Each line is a request; each is answered by a line of JSON, or a row of --format csv."),
        new("--output-tokens", "N", What, "Add an answer of N tokens to the cost."),
        new("--compare", "GLOB", What, "Also the tokens and cost at other models, the cheapest first; those in use, or those that match.") { ValueIsOptional = true },
        new("--max-cost", "DOLLARS", What, "Exit status 1 when the cost (of all requests together) is above it."),
        new("--all", null, What, "Every block, in the order of the cache, and not only the greatest."),
    ];

    /// <summary>The check of estimates.</summary>
    public static OptionSpec Accuracy { get; } = new("--accuracy", null, What,
        "How near the estimates of calls in the ledger came to what was counted, by model and kind of input.");
}
