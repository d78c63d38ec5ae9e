using CostLedger.Records;
using Telemetry.Handler.Labels;

namespace Telemetry.Handler;

/// <summary>
/// Keys for labels of a single request: <c>request.Options.Set(MessagesRequestOptions.Session, "order-4711")</c>. They go before
/// those of <see cref="CallContext"/>. The same bounds hold.
/// </summary>
public static class MessagesRequestOptions
{
    /// <summary>The session that the call belongs to.</summary>
    public static HttpRequestOptionsKey<string> Session => LabelKeys.Session;

    /// <summary>The conversation that the call belongs to, also exported as <c>gen_ai.conversation.id</c>.</summary>
    public static HttpRequestOptionsKey<string> Conversation => LabelKeys.Conversation;

    /// <summary>The turn within the conversation, from 1.</summary>
    public static HttpRequestOptionsKey<int> Turn => LabelKeys.Turn;

    /// <summary>Tags; joined with those of the scope.</summary>
    public static HttpRequestOptionsKey<IReadOnlyDictionary<string, string>> Tags => LabelKeys.Tags;

    /// <summary>
    /// The cost at which the streamed answer is stopped, in place of <see cref="MessagesTelemetryOptions.MaxCostPerCall"/>.
    /// </summary>
    public static HttpRequestOptionsKey<NanoUsd> MaxCost => LabelKeys.MaxCost;
}
