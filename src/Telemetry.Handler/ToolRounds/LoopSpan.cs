using CostLedger.Records.Tools;

namespace Telemetry.Handler.ToolRounds;

/// <summary>A loop at the end of a row of rounds.</summary>
/// <param name="Kind">How nothing comes of it.</param>
/// <param name="Length">How many rounds it has.</param>
internal readonly record struct LoopSpan(ToolLoopKind Kind, int Length);
