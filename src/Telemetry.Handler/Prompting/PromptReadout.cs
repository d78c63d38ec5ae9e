using CostLedger.Records;
using CostLedger.Records.Prompts;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Prompting;

/// <summary>What was read out of a request's prompt. Holds no content.</summary>
/// <param name="Call">The estimate, with what is needed to learn from the answer; null where none could be made.</param>
/// <param name="Estimate">The estimate as the record has it; null where none could be made.</param>
/// <param name="Path">The prompt as the ledger keeps it; null where it is not told in full.</param>
internal sealed record PromptReadout(CallEstimate? Call, TokenEstimate? Estimate, PromptPath? Path)
{
    /// <summary>A request that tells nothing.</summary>
    public static PromptReadout Nothing { get; } = new(null, null, null);

    /// <summary>A request whose prompt begins elsewhere.</summary>
    public static PromptReadout OfThread { get; } = Nothing with { Fault = RequestFault.ThreadContinued };

    /// <summary>Why there is no estimate, for the record; null where there is one, or the request's own faults say why.</summary>
    public string? Fault { get; init; }
}
