using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.ToolRounds;

namespace Telemetry.Handler.Prompting;

/// <summary>What was read out of a request's prompt. Holds no content.</summary>
/// <param name="Call">The estimate, with what is needed to learn from the answer; null where none could be made.</param>
/// <param name="Estimate">The estimate as the record has it; null where none could be made.</param>
/// <param name="Path">The prompt as the ledger keeps it; null where it is not told in full.</param>
/// <param name="Tools">What it tells of tools.</param>
internal sealed record PromptReadout(CallEstimate? Call, TokenEstimate? Estimate, PromptPath? Path, ToolReadout Tools)
{
    /// <summary>A request that tells nothing.</summary>
    public static PromptReadout Nothing { get; } = new(null, null, null, ToolReadout.Nothing);
}
