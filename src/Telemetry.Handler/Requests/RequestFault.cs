namespace Telemetry.Handler.Requests;

/// <summary>What can be wrong with a request or its labels, as far as its observation is concerned. The request is sent all the same.</summary>
internal static class RequestFault
{
    public const string Empty = "request_empty";

    /// <summary>The body is no JSON object, or breaks off; what stands before the fault was read.</summary>
    public const string Malformed = "request_malformed_json";

    /// <summary>A parameter that must be a number is none, or none that can be.</summary>
    public const string InvalidNumber = "request_invalid_number";

    /// <summary>A name or id longer than any real one; it was left out.</summary>
    public const string TextTooLong = "request_text_too_long";

    public const string TooLarge = "request_too_large";

    /// <summary>The body is compressed.</summary>
    public const string Encoded = "request_encoded";

    /// <summary>The body could not be read; sending it tells the caller why.</summary>
    public const string Unreadable = "request_unreadable";

    /// <summary>The body was not sent to its end before it was asked for.</summary>
    public const string NotSent = "request_not_sent";

    /// <summary>The request goes on with a thread that the provider keeps: the prompt's beginning is not in it, so nothing is estimated.</summary>
    public const string ThreadContinued = "request_thread_continued";

    public const string SessionCut = "session_cut";
    public const string ConversationCut = "conversation_cut";
    public const string TagsDropped = "tags_dropped";
    public const string TagsCut = "tags_cut";
}
