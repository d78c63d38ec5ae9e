using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;

namespace CostLedger.Querying.Overviews;

/// <summary>What a scan for an overview finds.</summary>
/// <param name="question">What is asked.</param>
internal sealed class OverviewFindings(OverviewQuestion question)
{
    /// <summary>The sums, one for each report.</summary>
    public IReadOnlyList<UsageSums> Usage { get; } = [.. question.Usage.Select(_ => new UsageSums())];

    /// <summary>The times, one for each report.</summary>
    public IReadOnlyList<GroupTable<TimeSums>> Latency { get; } = [.. question.Latency.Select(_ => new GroupTable<TimeSums>())];

    /// <summary>The dearest of all.</summary>
    public GreatestCalls Dearest { get; } = new(question.Dearest);

    /// <summary>The slowest of all.</summary>
    public GreatestCalls Slowest { get; } = new(question.Slowest);

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
        Slowest.Add(other.Slowest);
    }
}
