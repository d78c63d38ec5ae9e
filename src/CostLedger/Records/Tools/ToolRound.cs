namespace CostLedger.Records.Tools;

/// <summary>A tool's call and its result, as the request tells both that brings the result. Holds no content.</summary>
public readonly record struct ToolRound
{
    /// <summary>The most rounds that a record should carry.</summary>
    public const int MaxRounds = 256;

    /// <summary>Keyed hash of where it stands in the tree of prompts, and of its id: a request that is sent again brings no other round.</summary>
    public required UInt128 Key { get; init; }

    /// <summary>The tool's name; null where it is none that the API would take.</summary>
    public required string? Tool { get; init; }

    /// <summary>Whether the provider ran it. Such a round is told by the request after the answer that holds it.</summary>
    public bool IsServer { get; init; }

    /// <summary>Whether the result is an error.</summary>
    public bool IsError { get; init; }

    /// <summary>Keyed hash of the arguments, whatever the order of their members and their spelling.</summary>
    public required UInt128 Arguments { get; init; }

    /// <summary>Keyed hash of the result.</summary>
    public required UInt128 Result { get; init; }

    /// <summary>The tokens of the call's text, without what the provider adds.</summary>
    public int UseTokens { get; init; }

    /// <summary>The tokens of the result's text, without what the provider adds.</summary>
    public int ResultTokens { get; init; }
}
