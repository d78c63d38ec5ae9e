using CostLedger.Records;

namespace Telemetry.Handler.Progress;

/// <summary>Who wants to know how far answers have come, and when they are stopped.</summary>
/// <param name="OnProgress">Is told; null: nobody.</param>
/// <param name="Interval">The least time between two times.</param>
/// <param name="MaxCost">The cost above which an answer is stopped, where its call says nothing else; null: none.</param>
internal sealed record ProgressSettings(Action<CallProgress>? OnProgress, TimeSpan Interval, NanoUsd? MaxCost)
{
    /// <summary>Nobody wants to know.</summary>
    public static ProgressSettings None { get; } = new(null, TimeSpan.Zero, null);
}
