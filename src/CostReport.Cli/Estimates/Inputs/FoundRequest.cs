using CostLedger.Records;

namespace CostReport.Cli.Estimates.Inputs;

/// <summary>One request to estimate, wherever it was found, with what its surroundings say of it.</summary>
internal sealed record FoundRequest
{
    /// <summary>The body, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The model that the URL names; null where it names none.</summary>
    public string? Model { get; init; }

    /// <summary>Who is called, as the URL says; null without a URL.</summary>
    public Provider? Provider { get; init; }

    /// <summary>The cloud's location; null where there is none.</summary>
    public string? Location { get; init; }

    /// <summary>The betas that its headers ask for.</summary>
    public IReadOnlyList<string> Betas { get; init; } = [];

    /// <summary>Whether it is a part of a batch.</summary>
    public bool IsBatch { get; init; }

    /// <summary>Whether a stream is asked for, where the URL says so.</summary>
    public bool? IsStream { get; init; }

    /// <summary>Its <c>custom_id</c> in a batch.</summary>
    public string? CustomId { get; init; }
}
