namespace CostLedger.Records;

/// <summary>Estimated input tokens by where they come from; they add up to it.</summary>
public readonly record struct InputBySource
{
    /// <summary>All of them.</summary>
    [global::System.Text.Json.Serialization.JsonIgnore]
    public long Total => Tools + System + Messages + ToolUses + ToolResults + Thinking + Images + Documents + Overhead;

    /// <summary>Definitions of tools.</summary>
    public long Tools { get; init; }

    /// <summary>The system prompt.</summary>
    public long System { get; init; }

    /// <summary>Text of the user and of the model.</summary>
    public long Messages { get; init; }

    /// <summary>Calls of tools by the model.</summary>
    public long ToolUses { get; init; }

    /// <summary>Results of tools, without the images and documents in them.</summary>
    public long ToolResults { get; init; }

    /// <summary>Thinking of earlier turns.</summary>
    public long Thinking { get; init; }

    /// <summary>Images.</summary>
    public long Images { get; init; }

    /// <summary>Documents.</summary>
    public long Documents { get; init; }

    /// <summary>What the provider adds: the prompt that explains tools, frames of messages, an output format.</summary>
    public long Overhead { get; init; }
}
