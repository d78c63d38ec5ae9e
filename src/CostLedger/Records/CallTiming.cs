namespace CostLedger.Records;

/// <summary>
/// When things happened, counted from the attempt's start by a monotonic clock: a wall clock that jumps does not change them.
/// </summary>
public sealed record CallTiming
{
    /// <summary>Until the response headers arrived.</summary>
    public TimeSpan? Headers { get; init; }

    /// <summary>Until <c>message_start</c>, or until the first byte of a body that is not a stream.</summary>
    public TimeSpan? FirstEvent { get; init; }

    /// <summary>Until the first <c>content_block_delta</c>; null when not streamed.</summary>
    public TimeSpan? FirstContent { get; init; }

    /// <summary>Until the answer was read, or the attempt ended otherwise.</summary>
    public TimeSpan Total { get; init; }

    /// <summary>
    /// The longest time between two chunks of the answer, as the caller read them: a caller that works between two reads is slow here too.
    /// Of <see cref="Parts"/>, silences count only while the caller waited.
    /// </summary>
    public TimeSpan? LongestGap { get; init; }

    /// <summary>
    /// What of a streamed answer came when, by its start: the first 32 content blocks, and the 8 longest silences of a second or more.
    /// Empty where nothing was streamed.
    /// </summary>
    public IReadOnlyList<AnswerPart> Parts { get; init; } = [];
}
