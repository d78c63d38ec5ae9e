using CostLedger.Records;

namespace Telemetry.Handler.Draining;

/// <summary>What a caller had seen when it left an answer that was then read to its end without it.</summary>
internal sealed class CallerLeft(TransferFacts transfer, CallTiming timing)
{
    public TransferFacts Transfer { get; } = transfer;

    public CallTiming Timing { get; } = timing;

    /// <summary>Bytes that were read without the caller.</summary>
    public long DrainedBytes { get; set; }
}
