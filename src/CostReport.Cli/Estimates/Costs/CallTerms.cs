using CostLedger.Records;

namespace CostReport.Cli.Estimates.Costs;

/// <summary>What decides a request's prices beside its tokens.</summary>
internal sealed record CallTerms
{
    /// <summary>The model, in any spelling; null where nothing names it.</summary>
    public string? Model { get; init; }

    /// <summary>Who is called.</summary>
    public Provider Provider { get; init; } = Provider.Anthropic;

    /// <summary>The cloud's location; null where there is none.</summary>
    public string? Location { get; init; }

    /// <summary>Whether it is a part of a batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>The speed asked for; null for the standard one.</summary>
    public string? Speed { get; init; }

    /// <summary>Where inference is to run; null where the request does not say.</summary>
    public string? Geo { get; init; }

    /// <summary>When the call would be made.</summary>
    public required DateTimeOffset At { get; init; }
}
