using CostLedger.Records;
using CostLedger.Records.Tools;

namespace CostLedger.Querying.Conversations;

/// <summary>Tools that were called without getting anywhere, and what that took.</summary>
public sealed record ConversationLoop
{
    /// <summary>The loop as its longest turn shows it.</summary>
    public required ToolLoop Loop { get; init; }

    /// <summary>The call that brought its first result, as far as the ledger has it.</summary>
    public required CallId FirstCall { get; init; }

    /// <summary>The call at which it was recognised.</summary>
    public required CallId RecognisedAt { get; init; }

    /// <summary>What the calls took since its first result: the money at risk.</summary>
    public required TurnTotals AtRisk { get; init; }
}
