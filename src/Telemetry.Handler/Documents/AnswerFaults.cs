namespace Telemetry.Handler.Documents;

/// <summary>What was wrong with an answer, as far as its parsing is concerned. None of it changes what the caller gets.</summary>
[Flags]
internal enum AnswerFaults
{
    None = 0,

    /// <summary>A body, or the data of an event, that is no JSON object.</summary>
    MalformedJson = 1,

    /// <summary>A JSON body that ended too early.</summary>
    IncompleteJson = 1 << 1,

    /// <summary>A count that is negative, fractional, larger than any real one, or no number. It was left out.</summary>
    InvalidCount = 1 << 2,

    /// <summary>An id or name that is no UTF-8 or has control characters. It was left out.</summary>
    InvalidText = 1 << 3,

    /// <summary>An id or name longer than any real one. It was left out.</summary>
    TextTooLong = 1 << 4,

    /// <summary>More iterations in one usage than are kept.</summary>
    TooManyIterations = 1 << 5,

    /// <summary>Events other than pings after <c>message_stop</c>. They were ignored.</summary>
    EventsAfterStop = 1 << 6,

    /// <summary>A second <c>message_start</c>.</summary>
    DuplicateMessageStart = 1 << 7,

    /// <summary>A content encoding that cannot be undone here. Nothing was parsed.</summary>
    UnsupportedEncoding = 1 << 8,

    /// <summary>Bytes that their content encoding does not allow. What came in earlier chunks was parsed.</summary>
    CorruptEncoding = 1 << 9,

    /// <summary>So many bytes from so few that the rest was not decoded.</summary>
    DecodedTooLarge = 1 << 10,

    /// <summary>A failure of our own; what was known until then is kept.</summary>
    ParserFailed = 1 << 11,

    /// <summary>A frame whose checksum does not fit. It was left out.</summary>
    CorruptFrame = 1 << 12,

    /// <summary>A frame whose headers do not fit into it, or are none. It was left out.</summary>
    MalformedFrame = 1 << 13,

    /// <summary>The end of the stream within a frame. It was left out.</summary>
    TruncatedFrame = 1 << 14,

    /// <summary>A frame's length that cannot be trusted. What follows was not parsed.</summary>
    FramingLost = 1 << 15,

    /// <summary>A frame longer than any real one. It and what follows were not parsed.</summary>
    FrameTooLarge = 1 << 16,

    /// <summary>A frame that is no kind of message or event that is known. It was left out.</summary>
    UnknownFrame = 1 << 17,

    /// <summary>A chunk whose event is no base64. It was left out.</summary>
    InvalidBase64 = 1 << 18,

    /// <summary>A chunk without an event.</summary>
    MissingBytes = 1 << 19,

    /// <summary>A line of a batch's results that is no result, or that tells not of which request. It was left out.</summary>
    MalformedResultLine = 1 << 20,

    /// <summary>A second result of the same request in one reading of a batch's results. It was left out.</summary>
    DuplicateCustomId = 1 << 21,
}
