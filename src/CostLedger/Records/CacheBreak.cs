using System.Globalization;
using CostLedger.Records.Prompts;

namespace CostLedger.Records;

/// <summary>Why a call read less from the prompt cache than it could have. Places and lengths, no content.</summary>
public sealed record CacheBreak
{
    /// <summary>
    /// The primary reason: <c>ttl_expired_5m</c>, <c>ttl_expired_1h</c>, <c>model_changed</c>, <c>tools_changed</c>,
    /// <c>tools_reordered</c>, <c>system_changed</c>, <c>tool_choice_changed</c>, <c>thinking_changed</c>, <c>images_changed</c>,
    /// <c>beta_header_changed</c>, <c>messages_edited</c>, <c>breakpoint_moved</c>, <c>lookback_exceeded</c>, <c>below_minimum</c>,
    /// <c>speed_or_geo_changed</c>, <c>workspace_changed</c>, <c>concurrent_first_write</c>, <c>provider_evicted</c> or <c>unknown</c>.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Whether the conversation lost nothing that it had, and yet more could have been read: what another request wrote, or a
    /// prefix had it been longer. Such a call is no break.
    /// </summary>
    public bool IsMissed { get; init; }

    /// <summary>The part of the prompt from which on it is lost.</summary>
    public required PromptLevel Level { get; init; }

    /// <summary>The number of the tool, of the system prompt's block or of the message, from 0.</summary>
    public required int Item { get; init; }

    /// <summary>The place: <c>tools[3] "get_weather" description</c>, <c>system[0]</c>, <c>messages[4].content[0]</c>, or a parameter's name.</summary>
    public required string Segment { get; init; }

    /// <summary>The first byte of the segment's text that may differ; null where it is not known.</summary>
    public int? ByteAt { get; init; }

    /// <summary>The bytes of the segment's text; null where they are not known.</summary>
    public int? ByteCount { get; init; }

    /// <summary>The call that it was compared with; null where there was none.</summary>
    public CallId? ComparedWith { get; init; }

    /// <summary>The tokens that could have been read.</summary>
    public required long AvailableTokens { get; init; }

    /// <summary>The tokens of them that were not read, those that the prompt no longer has among them.</summary>
    public required long TokensLost { get; init; }

    /// <summary>The call's cost less what it had cost with the lost tokens read that it still had to pay; null when the call has no price.</summary>
    public NanoUsd? CostLost { get; init; }

    /// <summary>The time since what was lost was last used; null where nothing is known of it.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>Whether the provider lost it: the same bytes, in time, in reach, and yet not read.</summary>
    public bool IsProvider => string.Equals(Reason, "provider_evicted", StringComparison.Ordinal);

    /// <summary><see cref="Segment"/> with the byte, for people: <c>system[0] byte 1808 of 5120</c>.</summary>
    public string Place => ByteAt is { } at && ByteCount is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{Segment} byte {at} of {count}")
        : Segment;
}
