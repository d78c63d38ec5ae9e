namespace CostLedger.Records;

/// <summary>What the application says about a call.</summary>
public sealed record CallLabels
{
    /// <summary>No labels.</summary>
    public static CallLabels None { get; } = new();

    /// <summary>The session that the call belongs to; an application's own name, or a keyed hash.</summary>
    public string? Session { get; init; }

    /// <summary>The conversation that the call belongs to.</summary>
    public string? Conversation { get; init; }

    /// <summary>The turn within the conversation, from 1.</summary>
    public int? Turn { get; init; }

    /// <summary>The tags, in key order (ordinal).</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
