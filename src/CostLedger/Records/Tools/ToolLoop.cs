namespace CostLedger.Records.Tools;

/// <summary>Tools that are called without getting anywhere, as a request's own history shows it. Holds no content.</summary>
public sealed record ToolLoop
{
    /// <summary>How.</summary>
    public required ToolLoopKind Kind { get; init; }

    /// <summary>The tool's name, where one tool takes part; null where several do, or where it is none that the API would take.</summary>
    public string? Tool { get; init; }

    /// <summary>How many rounds it has so far; more than were looked at are not counted.</summary>
    public required int Rounds { get; init; }

    /// <summary>The message of the prompt that brought its first result, from 0.</summary>
    public required int SinceMessage { get; init; }

    /// <summary>Whether it is recognised for the first time: no earlier request of the conversation shows it.</summary>
    public required bool IsFirst { get; init; }
}
