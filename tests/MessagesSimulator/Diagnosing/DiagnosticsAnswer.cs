using System.Text.Json.Nodes;

namespace MessagesSimulator.Diagnosing;

/// <summary>The API's own comparison of a request with an earlier one.</summary>
/// <param name="IsFinished">Whether the comparison was finished in time.</param>
/// <param name="Reason">The earliest difference; null: none, or nothing to compare with.</param>
/// <param name="MissedTokens">An estimate of the tokens behind the difference; null where the API gives none.</param>
internal sealed record DiagnosticsAnswer(bool IsFinished, string? Reason, int? MissedTokens)
{
    /// <summary>Nothing to compare with, or no difference.</summary>
    public static DiagnosticsAnswer Nothing { get; } = new(IsFinished: true, null, null);

    /// <summary>Not finished when the answer began.</summary>
    public static DiagnosticsAnswer Late { get; } = new(IsFinished: false, null, null);

    public JsonObject? ToJson()
    {
        if (!IsFinished)
        {
            return new JsonObject { ["cache_miss_reason"] = null };
        }

        if (Reason is null)
        {
            return null;
        }

        var reason = new JsonObject { ["type"] = Reason };
        if (MissedTokens is { } tokens)
        {
            reason["cache_missed_input_tokens"] = tokens;
        }

        return new JsonObject { ["cache_miss_reason"] = reason };
    }
}
