using CostLedger.Records;

namespace Telemetry.Handler.Progress;

/// <summary>
/// A streamed answer was stopped, because its cost went above the limit that the application had set for the call. The read that
/// comes after throws it; what was read before is sound. The provider bills what it wrote until it noticed.
/// </summary>
/// <remarks>
/// It is no <see cref="IOException"/>, and no cancellation: both are taken for something that passes, and a call that was stopped
/// for its cost must not be sent again by a retry policy.
/// </remarks>
public sealed class CostLimitExceededException : Exception
{
    internal CostLimitExceededException(CallProgress progress, NanoUsd limit)
        : base($"The answer was stopped: it costs about {progress.Cost} USD so far, more than the limit of {limit} USD for the call. "
            + "Raise MaxCostPerCall, or set MessagesRequestOptions.MaxCost or CallContext for calls that may cost more.") =>
        (Progress, Limit) = (progress, limit);

    /// <summary>How far the answer had come.</summary>
    public CallProgress Progress { get; }

    /// <summary>The limit.</summary>
    public NanoUsd Limit { get; }
}
