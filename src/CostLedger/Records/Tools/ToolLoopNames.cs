namespace CostLedger.Records.Tools;

/// <summary>The names of loops in reports and telemetry.</summary>
public static class ToolLoopNames
{
    /// <summary>The name: <c>repeat</c>, <c>ping_pong</c>, <c>same_error</c>, <c>no_progress</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string Name(this ToolLoopKind kind) => kind switch
    {
        ToolLoopKind.Repeat => "repeat",
        ToolLoopKind.PingPong => "ping_pong",
        ToolLoopKind.SameError => "same_error",
        ToolLoopKind.NoProgress => "no_progress",
        _ => "unknown",
    };
}
