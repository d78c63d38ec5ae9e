using Telemetry.Handler.Documents;

namespace Telemetry.Handler.Messages;

/// <summary>The names of faults, as they are stored and exported.</summary>
internal static class FaultName
{
    private static readonly (AnswerFaults Fault, string Name)[] Names =
    [
        (AnswerFaults.MalformedJson, "malformed_json"),
        (AnswerFaults.IncompleteJson, "incomplete_json"),
        (AnswerFaults.InvalidCount, "invalid_count"),
        (AnswerFaults.InvalidText, "invalid_text"),
        (AnswerFaults.TextTooLong, "text_too_long"),
        (AnswerFaults.TooManyIterations, "too_many_iterations"),
        (AnswerFaults.EventsAfterStop, "events_after_stop"),
        (AnswerFaults.DuplicateMessageStart, "duplicate_message_start"),
        (AnswerFaults.UnsupportedEncoding, "unsupported_encoding"),
        (AnswerFaults.CorruptEncoding, "corrupt_encoding"),
        (AnswerFaults.DecodedTooLarge, "decoded_too_large"),
        (AnswerFaults.ParserFailed, "parser_failed"),
        (AnswerFaults.CorruptFrame, "corrupt_frame"),
        (AnswerFaults.MalformedFrame, "malformed_frame"),
        (AnswerFaults.TruncatedFrame, "truncated_frame"),
        (AnswerFaults.FramingLost, "framing_lost"),
        (AnswerFaults.FrameTooLarge, "frame_too_large"),
        (AnswerFaults.UnknownFrame, "unknown_frame"),
        (AnswerFaults.InvalidBase64, "invalid_base64"),
        (AnswerFaults.MissingBytes, "missing_bytes"),
        (AnswerFaults.MalformedResultLine, "malformed_result_line"),
        (AnswerFaults.DuplicateCustomId, "duplicate_custom_id"),
    ];

    public static IReadOnlyList<string> All(AnswerFaults faults) =>
        faults == AnswerFaults.None ? [] : [.. Names.Where(n => faults.HasFlag(n.Fault)).Select(n => n.Name)];
}
