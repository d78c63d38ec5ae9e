using MessagesSimulator.Billing;
using MessagesSimulator.Diagnosing;
using MessagesSimulator.Replies;

namespace MessagesSimulator.Wire;

/// <summary>An answer and everything its usage object tells.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Usage">The final usage.</param>
/// <param name="InferenceGeo">Where inference ran.</param>
/// <param name="Speed">The speed served, where the answer tells it.</param>
/// <param name="TellsThinking">Whether thinking tokens are counted apart.</param>
internal sealed record ServedAnswer(Answer Answer, BilledUsage Usage, string InferenceGeo, string? Speed, bool TellsThinking)
{
    /// <summary>The tier that served it.</summary>
    public string ServiceTier { get; init; } = "standard";

    /// <summary>The comparison with an earlier request; null: not asked for.</summary>
    public DiagnosticsAnswer? Diagnostics { get; init; }
}
