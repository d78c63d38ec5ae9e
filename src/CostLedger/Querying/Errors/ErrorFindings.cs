using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Errors;

/// <summary>What a scan of failures finds.</summary>
internal sealed class ErrorFindings
{
    /// <summary>The sums by outcome, status, error type and model.</summary>
    public GroupTable<ErrorSums> Groups { get; } = new();

    /// <summary>How many failed by time.</summary>
    public Dictionary<long, long> FailedAt { get; } = [];

    /// <summary>Counts a failure.</summary>
    public void Count(long slot, long failures = 1) => FailedAt[slot] = FailedAt.GetValueOrDefault(slot) + failures;

    /// <summary>Takes over what another scan found.</summary>
    public void Take(ErrorFindings other)
    {
        Groups.Take(other.Groups);
        foreach (var (slot, failures) in other.FailedAt)
        {
            Count(slot, failures);
        }
    }
}
