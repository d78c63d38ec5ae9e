namespace Telemetry.Handler.Estimating.Overheads;

/// <summary>What is known of how a model's provider counts a prompt.</summary>
internal sealed record ModelOverheads
{
    /// <summary>The beginning of the model's id, behind <c>claude-</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>Tokens for one of each feature.</summary>
    public required FeatureVector Weights { get; init; }

    /// <summary>The prompt that explains tools, where the model may choose.</summary>
    public required int ToolPrompt { get; init; }

    /// <summary>The prompt that explains tools, where it must use one.</summary>
    public required int ForcedToolPrompt { get; init; }

    /// <summary>Whether thinking of earlier turns is shown to the model again; else only that of the tool loop at hand is.</summary>
    public required bool KeepsThinking { get; init; }

    /// <summary>The longest edge of an image, in pixels, before it is scaled down.</summary>
    public required int ImageEdge { get; init; }

    /// <summary>The most tokens of an image.</summary>
    public required int ImageTokens { get; init; }

    /// <summary>The definition of the provider's tool <c>bash</c>.</summary>
    public required int BashTool { get; init; }

    /// <summary>The error that nine of ten estimates stay below, as a part of the estimate, while nothing was learned.</summary>
    public required double Error { get; init; }

    /// <summary>Whether the id was found, or this is the newest generation's, taken for want of better.</summary>
    public bool IsKnown { get; init; } = true;
}
