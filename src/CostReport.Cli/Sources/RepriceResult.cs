using CostLedger.Records;

namespace CostReport.Cli.Sources;

/// <summary>What pricing old calls again changes, or has changed.</summary>
internal sealed record RepriceResult
{
    /// <summary>The version of the price list.</summary>
    public required string Version { get; init; }

    /// <summary>Attempts that were looked at.</summary>
    public required long Attempts { get; init; }

    /// <summary>Attempts whose new cost was written.</summary>
    public long Written { get; init; }

    /// <summary>Attempts that another program changed meanwhile.</summary>
    public long Overtaken { get; init; }

    /// <summary>Attempts whose record cannot be read whole.</summary>
    public long Unreadable { get; init; }

    /// <summary>The attempts that change, by model and cause, the greatest change first.</summary>
    public IReadOnlyList<RepriceChange> Changes { get; init; } = [];

    /// <summary>The cost of all attempts before.</summary>
    public NanoUsd Before { get; init; }

    /// <summary>The cost of all attempts after.</summary>
    public NanoUsd After { get; init; }
}
