namespace Telemetry.Handler.Estimating.Sizing;

/// <summary>What makes an estimate doubtful.</summary>
[Flags]
internal enum Doubt : byte
{
    None = 0,

    /// <summary>The model is not known: the newest generation's figures were taken.</summary>
    UnknownModel = 1,

    /// <summary>A block of unknown type was counted as the text it is.</summary>
    UnknownBlock = 2,

    /// <summary>An image's size cannot be told: it is elsewhere, or its header is broken.</summary>
    UnknownImage = 4,

    /// <summary>A document's pages cannot be told: it is elsewhere, or cannot be parsed.</summary>
    UnknownDocument = 8,

    /// <summary>No figure is known of a tool that the provider describes.</summary>
    UnknownTool = 16,

    /// <summary>There is content that only the provider can read: encrypted thinking, results of its own tools.</summary>
    Encrypted = 32,
}
