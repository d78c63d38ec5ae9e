namespace Telemetry.Handler.Segments;

/// <summary>How far the model is made to use a tool (<c>tool_choice.type</c>).</summary>
internal enum ToolChoice : byte
{
    /// <summary>As the model likes; the default.</summary>
    Auto,

    /// <summary>None.</summary>
    None,

    /// <summary>Any of them.</summary>
    Any,

    /// <summary>A certain one.</summary>
    Tool,
}
