using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Summing;

/// <summary>What a scan of usage finds.</summary>
internal sealed class UsageSums
{
    /// <summary>The sums by group.</summary>
    public GroupTable<RowSums> Groups { get; } = new();

    /// <summary>The price lists that the costs come from, by id.</summary>
    public HashSet<long> PriceBooks { get; } = [];

    /// <summary>Takes over what another scan found.</summary>
    public void Take(UsageSums other)
    {
        Groups.Take(other.Groups);
        PriceBooks.UnionWith(other.PriceBooks);
    }
}
