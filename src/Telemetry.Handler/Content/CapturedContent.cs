namespace Telemetry.Handler.Content;

/// <summary>
/// The content of one call, in the conventions' shapes: each member is a JSON text, null where there is nothing. Together they are
/// within the bound.
/// </summary>
internal sealed record CapturedContent
{
    /// <summary>Parts: the system prompt.</summary>
    public string? SystemInstructions { get; init; }

    /// <summary>Messages that were sent.</summary>
    public string? InputMessages { get; init; }

    /// <summary>The message that was received.</summary>
    public string? OutputMessages { get; init; }

    /// <summary>The tools that were offered.</summary>
    public string? ToolDefinitions { get; init; }

    /// <summary>Texts that end the answer; applications write them, so they are content.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Whether anything was dropped or shortened for the bound.</summary>
    public bool IsTruncated { get; init; }
}
