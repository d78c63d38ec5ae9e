using System.Diagnostics;
using Telemetry.Handler.Names;

namespace Telemetry.Handler.Labels;

/// <summary>
/// Collects the labels of a call. What the request itself carries goes before the ambient scope, and both go before the
/// session that Claude Code writes into its requests. A conversation may also come with the trace's baggage.
/// </summary>
/// <param name="hash">How a session of Claude Code is named; null: by its own id.</param>
internal sealed class LabelReader(SessionHash? hash)
{
    /// <summary>Reads the labels of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="metadataUserId">The body's <c>metadata.user_id</c>.</param>
    /// <returns>The labels.</returns>
    public LabelSet Read(HttpRequestMessage request, string? metadataUserId)
    {
        var options = request.Options;
        options.TryGetValue(LabelKeys.Session, out var session);
        options.TryGetValue(LabelKeys.Conversation, out var conversation);
        options.TryGetValue(LabelKeys.Tags, out var tags);
        int? turn = options.TryGetValue(LabelKeys.Turn, out var value) ? value : null;

        var labels = AmbientLabels.Current.With(session, conversation, turn, tags);
        labels = options.TryGetValue(LabelKeys.MaxCost, out var maxCost) ? labels with { MaxCost = maxCost } : labels;
        labels = labels.Labels.Conversation is null ? labels.With(null, BaggageConversation(), null, null) : labels;
        return labels.Labels.Session is null && ClaudeCodeSession.Find(metadataUserId) is { } found
            ? labels.With(hash is null ? found : hash.Of(found), null, null, null)
            : labels;
    }

    private static string? BaggageConversation() => Activity.Current?.GetBaggageItem(GenAi.ConversationId);
}
