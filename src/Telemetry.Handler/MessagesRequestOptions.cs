using Telemetry.Handler.Requests;

namespace Telemetry.Handler;

/// <summary>Keys of <see cref="HttpRequestMessage.Options"/> that label one request.</summary>
public static class MessagesRequestOptions
{
    /// <summary>The session that the call belongs to.</summary>
    public static HttpRequestOptionsKey<string> Session => LabelReader.Session;

    /// <summary>The conversation that the call belongs to.</summary>
    public static HttpRequestOptionsKey<string> Conversation => LabelReader.Conversation;

    /// <summary>Tags of the call; they add to and replace those of the scope and of the handler.</summary>
    public static HttpRequestOptionsKey<IReadOnlyDictionary<string, string>> Tags => LabelReader.Tags;
}
