namespace CostLedger.Querying.Caching.Scans;

/// <summary>What a provider lost by itself of one model in one region.</summary>
internal sealed class PlaceSums
{
    /// <summary>Calls that could have read something.</summary>
    public long Readable { get; set; }

    /// <summary>Those among them of which the provider lost something.</summary>
    public LossSums Lost { get; } = new();

    /// <summary>Adds other sums.</summary>
    public void Add(PlaceSums other)
    {
        Readable += other.Readable;
        Lost.Add(other.Lost);
    }
}
