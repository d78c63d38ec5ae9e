namespace Telemetry.Handler.Content.Parts;

/// <summary>How content is captured.</summary>
internal sealed record ContentOptions
{
    /// <summary>The most bytes of content on one span, as UTF-8.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>Whether the parameters and descriptions of tools are taken too, not only their types and names.</summary>
    public bool ToolParameters { get; init; }
}
