namespace CostLedger.Querying.Scanning;

/// <summary>Running sums over rows.</summary>
/// <typeparam name="TSelf">The sums themselves.</typeparam>
internal interface IGroupSums<in TSelf>
{
    /// <summary>Adds the sums of other rows.</summary>
    void Add(TSelf other);
}
