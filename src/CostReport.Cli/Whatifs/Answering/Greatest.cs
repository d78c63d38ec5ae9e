namespace CostReport.Cli.Whatifs.Answering;

/// <summary>Keeps the greatest of any number of things.</summary>
/// <param name="count">How many.</param>
/// <param name="order">The lesser first; no two are equal, so that the order they come in does not matter.</param>
internal sealed class Greatest<T>(int count, IComparer<T> order)
{
    private readonly PriorityQueue<T, T> _kept = new(order);

    /// <summary>Offers one.</summary>
    public void Add(T thing)
    {
        if (_kept.Count < count)
        {
            _kept.Enqueue(thing, thing);
        }
        else
        {
            _kept.EnqueueDequeue(thing, thing);
        }
    }

    /// <summary>Those that were kept, the greatest first.</summary>
    public IReadOnlyList<T> ToList() => [.. _kept.UnorderedItems.Select(item => item.Element).OrderDescending(order)];
}
