using CostLedger.Querying;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Times;

namespace CostReport.Cli.Arguments;

/// <summary>A command line, understood.</summary>
internal sealed record Invocation
{
    /// <summary>The command.</summary>
    public required CommandSpec Command { get; init; }

    /// <summary>Its argument; null where none was given.</summary>
    public string? Argument { get; init; }

    /// <summary>The period and its time zone.</summary>
    public required Period Period { get; init; }

    /// <summary>Which calls.</summary>
    public CallFilter Filter { get; init; } = new();

    /// <summary>The dimensions asked for; empty for the summary.</summary>
    public IReadOnlyList<Grouping> By { get; init; } = [];

    /// <summary>The form of the report.</summary>
    public OutputFormat Format { get; init; }

    /// <summary>The file for a chart; null for none.</summary>
    public string? Chart { get; init; }

    /// <summary>The file for a page; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Whether the command writes a page of its own; else the page has what the report has.</summary>
    public bool IsPageWritten { get; init; }

    /// <summary>How many calls to list; null when not said.</summary>
    public int? Last { get; init; }

    /// <summary>The ledger's file; null for the default one.</summary>
    public string? Ledger { get; init; }

    /// <summary>A price file; null for the built-in list.</summary>
    public string? Prices { get; init; }

    /// <summary>Whether to draw with ASCII only.</summary>
    public bool Ascii { get; init; }

    /// <summary>The first time that stays, where old calls are deleted; null when not said.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether to write nothing.</summary>
    public bool DryRun { get; init; }
}
