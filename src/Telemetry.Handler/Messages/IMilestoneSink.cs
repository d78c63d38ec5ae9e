namespace Telemetry.Handler.Messages;

/// <summary>Is told of milestones as they are parsed.</summary>
internal interface IMilestoneSink
{
    /// <summary>A milestone was reached. Called while the caller waits for its bytes, so it must be quick.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="index">The index of the content block; -1 where it is about none.</param>
    /// <param name="blockType">The type of the content block; null where it is about none.</param>
    /// <param name="timestamp">When its bytes arrived, by the clock of the parser.</param>
    void OnMilestone(Milestone kind, int index, string? blockType, long timestamp);
}
