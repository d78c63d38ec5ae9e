namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>Kinds of content whose tokens are off by a factor of their own.</summary>
internal enum ContentClass : byte
{
    /// <summary>What people and the model wrote: system prompt, messages, thinking.</summary>
    Text,

    /// <summary>Definitions of tools: schemas.</summary>
    Tools,

    /// <summary>Calls of tools and their results: mostly data.</summary>
    Data,

    /// <summary>Images and documents.</summary>
    Media,
}
