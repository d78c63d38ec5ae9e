using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;

namespace CostLedger.Querying.Overviews;

/// <summary>What a scan for an overview finds.</summary>
internal sealed class OverviewFindings(int usage, int latency, int dearest)
{
    /// <summary>The sums, one for each report.</summary>
    public IReadOnlyList<UsageSums> Usage { get; } = [.. Enumerable.Range(0, usage).Select(_ => new UsageSums())];

    /// <summary>The times, one for each report.</summary>
    public IReadOnlyList<GroupTable<TimeSums>> Latency { get; } = [.. Enumerable.Range(0, latency).Select(_ => new GroupTable<TimeSums>())];

    /// <summary>The dearest of all.</summary>
    public DearestCalls Dearest { get; } = new(dearest);

    /// <summary>Takes over what another scan found.</summary>
    public void Take(OverviewFindings other)
    {
        for (var i = 0; i < Usage.Count; i++)
        {
            Usage[i].Take(other.Usage[i]);
        }

        for (var i = 0; i < Latency.Count; i++)
        {
            Latency[i].Take(other.Latency[i]);
        }

        Dearest.Add(other.Dearest);
    }
}
