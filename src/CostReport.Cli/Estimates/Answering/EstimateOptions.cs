using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Arguments;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>What an estimate is asked for.</summary>
internal sealed record EstimateOptions
{
    private const decimal MostDollars = 1_000_000_000;

    /// <summary>The file; <c>-</c> for standard input.</summary>
    public required string File { get; init; }

    /// <summary>The model; null for the request's own.</summary>
    public string? Model { get; init; }

    /// <summary>Who would be called; null for what the request tells.</summary>
    public Provider? Provider { get; init; }

    /// <summary>Whether to price it as a part of a batch, whatever it is.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether each line is a request.</summary>
    public bool JsonLines { get; init; }

    /// <summary>Which of several requests, from 1; null for the first, or for all of a batch.</summary>
    public int? Entry { get; init; }

    /// <summary>Which models to compare; empty for all in use, null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>Whether to show every block.</summary>
    public bool All { get; init; }

    /// <summary>The output that is expected; null where none is.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>What it may cost; null where it does not matter.</summary>
    public NanoUsd? MaxCost { get; init; }

    /// <summary>Whether a form of output was asked for.</summary>
    public bool HasFormat { get; init; }

    private static readonly string[] OfAccuracy = ["--since", "--until", "--ledger", "--tz"];

    /// <summary>Understands the options.</summary>
    /// <exception cref="UserError">A value is not one of those accepted.</exception>
    public static EstimateOptions Read(ParsedLine line, Invocation invocation)
    {
        if (Array.Find(OfAccuracy, option => line.All(option).Count > 0) is { } misplaced)
        {
            throw UserError.Usage($"{misplaced} is about calls in the ledger: it goes with --accuracy");
        }

        var options = new EstimateOptions
        {
            File = line.Argument ?? throw UserError.Usage("estimate needs an argument: costreport estimate FILE|-, or --accuracy for the ledger's calls; see 'costreport estimate --help'"),
            Model = line.One("--model"),
            Provider = line.One("--provider") is null ? null : invocation.Filter.Providers[0],
            IsBatch = line.Has("--batch"),
            JsonLines = line.Has("--jsonl"),
            Entry = (int?)Whole(line, "--entry", 1, int.MaxValue),
            Compare = line.Has("--compare") ? line.One("--compare") ?? "" : null,
            All = line.Has("--all"),
            OutputTokens = Whole(line, "--output-tokens", 0, int.MaxValue),
            MaxCost = Dollars(line, "--max-cost"),
            HasFormat = line.Has("--format"),
        };
        return options switch
        {
            { JsonLines: true, Entry: not null } => throw UserError.Usage("--entry chooses one request and --jsonl answers for all; give one of them"),
            { JsonLines: true, Compare: not null } when !options.IsJson(invocation) =>
                throw UserError.Usage("--compare with --jsonl is for --format json; leave one of them out"),
            _ => options,
        };
    }

    /// <summary>Whether JSON is written; lines are answered by lines unless another form is asked for.</summary>
    public bool IsJson(Invocation invocation) => invocation.Format == OutputFormat.Json || (JsonLines && !HasFormat);

    private static long? Whole(ParsedLine line, string option, long least, long most)
    {
        if (line.One(option) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw UserError.Usage($"{option} '{SafeText.Short(text)}' cannot be; give a whole number from {least}");
    }

    private static NanoUsd? Dollars(ParsedLine line, string option)
    {
        if (line.One(option) is not { } text)
        {
            return null;
        }

        return decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) && dollars <= MostDollars
            ? new NanoUsd((long)(dollars * NanoUsd.PerDollar))
            : throw UserError.Usage($"{option} '{SafeText.Short(text)}' is no amount; give dollars, for example 0.05");
    }
}
