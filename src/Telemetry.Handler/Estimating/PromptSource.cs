namespace Telemetry.Handler.Estimating;

/// <summary>Where input tokens come from.</summary>
public enum PromptSource
{
    /// <summary>Definitions of tools.</summary>
    Tools,

    /// <summary>The system prompt.</summary>
    System,

    /// <summary>Text of the user and of the model.</summary>
    Messages,

    /// <summary>Calls of tools by the model.</summary>
    ToolUses,

    /// <summary>Results of tools, without the images and documents in them.</summary>
    ToolResults,

    /// <summary>Thinking of earlier turns.</summary>
    Thinking,

    /// <summary>Images.</summary>
    Images,

    /// <summary>Documents.</summary>
    Documents,

    /// <summary>What the provider adds: the prompt that explains tools, frames of messages, an output format.</summary>
    Overhead,
}
