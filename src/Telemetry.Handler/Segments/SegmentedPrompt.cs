namespace Telemetry.Handler.Segments;

/// <summary>A prompt in segments, in the order in which it is cached: tools, system, messages.</summary>
internal sealed class SegmentedPrompt
{
    /// <summary>The segments.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>The images and documents of all segments.</summary>
    public List<MediaPart> Media { get; } = [];

    /// <summary>The breakpoint that the whole request asks for (automatic caching).</summary>
    public CacheLifetime Automatic { get; set; }

    /// <summary>How far the model is made to use a tool.</summary>
    public ToolChoice ToolChoice { get; set; }

    /// <summary>Where <c>tool_choice</c> is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) ToolChoiceAt { get; set; }

    /// <summary>Where the schema that the answer must follow is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) OutputSchema { get; set; }

    /// <summary>Where <c>output_config.task_budget</c> is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) TaskBudgetAt { get; set; }

    /// <summary>Where <c>context_management</c> is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) ContextManagementAt { get; set; }

    /// <summary>Where <c>mcp_servers</c> is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) McpServersAt { get; set; }

    /// <summary>Where <c>container</c> is in the body; its length is zero where there is none.</summary>
    public (int Start, int Length) ContainerAt { get; set; }

    /// <summary>The number of messages.</summary>
    public int Messages { get; set; }

    /// <summary>The first message that has its role or its content more than once; null where none has.</summary>
    public int? RepeatedIn { get; set; }

    /// <summary>What keeps it from being told in full.</summary>
    public SegmentFaults Faults { get; set; }

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear()
    {
        Segments.Clear();
        Media.Clear();
        (Automatic, Messages, Faults) = (CacheLifetime.None, 0, SegmentFaults.None);
        (ToolChoice, ToolChoiceAt, OutputSchema, RepeatedIn) = (ToolChoice.Auto, (0, 0), (0, 0), null);
        (TaskBudgetAt, ContextManagementAt, McpServersAt, ContainerAt) = ((0, 0), (0, 0), (0, 0), (0, 0));
    }
}
