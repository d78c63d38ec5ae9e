namespace CostLedger.Querying.Caching.Scans;

/// <summary>The worst losses, a bounded number of them.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class WorstLosses(int most)
{
    // The least bad one is the next to go.
    private readonly PriorityQueue<FoundLoss, FoundLoss> _kept =
        new(Comparer<FoundLoss>.Create((left, right) => FoundLoss.CompareWorst(right, left)));

    /// <summary>Those that are kept, worst first.</summary>
    public IReadOnlyList<FoundLoss> Losses
    {
        get
        {
            var losses = _kept.UnorderedItems.Select(item => item.Element).ToList();
            losses.Sort(FoundLoss.CompareWorst);
            return losses;
        }
    }

    /// <summary>Adds a loss.</summary>
    public void Add(FoundLoss loss)
    {
        if (_kept.Count < most)
        {
            _kept.Enqueue(loss, loss);
        }
        else if (most > 0)
        {
            _kept.EnqueueDequeue(loss, loss);
        }
    }

    /// <summary>Adds those of another.</summary>
    public void Add(WorstLosses other)
    {
        foreach (var (loss, _) in other._kept.UnorderedItems)
        {
            Add(loss);
        }
    }
}
