using CostLedger.Records.Tools;

namespace Telemetry.Handler.ToolRounds;

/// <summary>What a request tells of tools.</summary>
/// <param name="Rounds">The rounds that it brings, in the prompt's order.</param>
/// <param name="Loop">The loop that they are in; null where they are in none.</param>
internal sealed record ToolReadout(IReadOnlyList<ToolRound> Rounds, ToolLoop? Loop)
{
    /// <summary>A request that tells nothing.</summary>
    public static ToolReadout Nothing { get; } = new([], null);
}
