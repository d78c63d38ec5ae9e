namespace Telemetry.Handler.Caching.Replaying;

/// <summary>What a call reads and writes when it is played again. Tokens are those of the model that answered.</summary>
/// <param name="Read">Tokens read.</param>
/// <param name="Write5m">Tokens written for five minutes.</param>
/// <param name="Write1h">Tokens written for an hour.</param>
/// <param name="Input">Tokens neither read nor written.</param>
internal readonly record struct ReplayedCall(long Read, long Write5m, long Write1h, long Input)
{
    /// <summary>Why the call keeps what it read and wrote; none: it was played again.</summary>
    public LeftOutReason LeftOut { get; init; }

    /// <summary>Tokens that the model says were read as things were, to be compared with what was.</summary>
    public long ForeseenRead { get; init; }

    /// <summary>Whether the model foresaw what was read.</summary>
    public bool IsForeseen { get; init; }

    /// <summary>Whether a place within the prompt had to be estimated.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>A call that stays as it was.</summary>
    public static ReplayedCall Kept(LeftOutReason reason) => new() { LeftOut = reason };
}
