namespace CostReport.Cli.Reports;

/// <summary>What the faults of answers and requests mean. None of them changed what the caller got.</summary>
internal static class FaultWords
{
    /// <summary>A sentence for each name that the handler stores.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["malformed_json"] = "the answer or an event of it is no JSON, and was not read",
        ["incomplete_json"] = "the answer's JSON broke off; what stood before was read",
        ["invalid_count"] = "a count that cannot be was left out",
        ["invalid_text"] = "an id or a name with characters that cannot be was left out",
        ["text_too_long"] = "an id or a name longer than any real one was left out",
        ["too_many_iterations"] = "more iterations in one usage than are kept",
        ["events_after_stop"] = "events after the end of the message were ignored",
        ["duplicate_message_start"] = "a message began twice in one stream",
        ["unsupported_encoding"] = "the answer's compression is not known, so nothing was read",
        ["corrupt_encoding"] = "the answer's compression is damaged; what came before was read",
        ["decoded_too_large"] = "so many bytes from so few that the rest was not unpacked",
        ["parser_failed"] = "a failure of the handler's own; what was known until then is kept. Please report it",
        ["corrupt_frame"] = "a frame of the event stream whose checksum does not fit was left out",
        ["malformed_frame"] = "a frame of the event stream with headers that are none was left out",
        ["truncated_frame"] = "the event stream ended within a frame, which was left out",
        ["framing_lost"] = "the event stream's lengths cannot be trusted, so the rest was not read",
        ["frame_too_large"] = "a frame of the event stream longer than any real one; the rest was not read",
        ["unknown_frame"] = "a frame of the event stream of a kind that is not known was left out",
        ["invalid_base64"] = "a chunk of the event stream that is no base64 was left out",
        ["missing_bytes"] = "a chunk of the event stream without an event",
        ["malformed_result_line"] = "a line of a batch's results that is no result was left out",
        ["duplicate_custom_id"] = "a batch's results have one request twice; the second was left out",
        ["request_empty"] = "the request has no body",
        ["request_malformed_json"] = "the request is no JSON object, or breaks off; what stood before was read",
        ["request_invalid_number"] = "a parameter of the request that must be a number is none",
        ["request_text_too_long"] = "a name or an id in the request longer than any real one was left out",
        ["request_too_large"] = "the request is longer than what the handler reads, so its prompt was not read",
        ["request_encoded"] = "the request is compressed, so its prompt was not read",
        ["request_unreadable"] = "the request's body could not be read",
        ["request_not_sent"] = "the answer came before the request was sent to its end",
        ["request_thread_continued"] = "the prompt's beginning is kept by the provider, so nothing was estimated",
        ["session_cut"] = "the session's name was too long and was cut",
        ["conversation_cut"] = "the conversation's name was too long and was cut",
        ["tags_dropped"] = "there were more tags than are kept; the others were dropped",
        ["tags_cut"] = "a tag was too long and was cut",
    };
}
