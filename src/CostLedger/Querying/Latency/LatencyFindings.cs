using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Latency;

/// <summary>What a scan of latency finds.</summary>
internal sealed class LatencyFindings
{
    /// <summary>The sums by group.</summary>
    public GroupTable<LatencySums> Groups { get; } = new();

    /// <summary>The slowest of all.</summary>
    public SlowestCalls Slowest { get; } = new();

    /// <summary>Takes over what another scan found.</summary>
    public void Take(LatencyFindings other)
    {
        Groups.Take(other.Groups);
        Slowest.Add(other.Slowest);
    }
}
