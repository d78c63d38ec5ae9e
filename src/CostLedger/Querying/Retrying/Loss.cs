using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>A running sum of attempts whose answer was not used.</summary>
internal sealed class Loss
{
    public long Attempts { get; private set; }

    public TimeSpan Time { get; private set; }

    public NanoUsd Cost { get; private set; }

    public long Unpriced { get; private set; }

    public void Add(AttemptRow attempt)
    {
        Attempts++;
        Time = Times.Sum(Time, attempt.Duration);
        Cost += attempt.Cost ?? NanoUsd.Zero;
        Unpriced += attempt.Cost is null ? 1 : 0;
    }
}
