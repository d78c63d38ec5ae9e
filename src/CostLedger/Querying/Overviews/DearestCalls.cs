using CostLedger.Records;

namespace CostLedger.Querying.Overviews;

/// <summary>The keys of the attempts that cost most. Of two that cost as much, the earlier comes first.</summary>
/// <param name="most">How many there are at most.</param>
internal sealed class DearestCalls(int most)
{
    private readonly SortedSet<(long Cost, CallId Id)> _calls = new(DearestFirst.Instance);

    /// <summary>The keys, the dearest first.</summary>
    public IEnumerable<CallId> Ids => _calls.Select(call => call.Id);

    /// <summary>Whether an attempt that cost so much may be among them; asked before its key is read.</summary>
    public bool Wants(long cost) => cost > 0 && most > 0 && (_calls.Count < most || cost >= _calls.Max.Cost);

    /// <summary>Adds an attempt.</summary>
    public void Add(long cost, CallId id)
    {
        _calls.Add((cost, id));
        if (_calls.Count > most)
        {
            _calls.Remove(_calls.Max);
        }
    }

    /// <summary>Adds the attempts of another scan.</summary>
    public void Add(DearestCalls other)
    {
        foreach (var (cost, id) in other._calls)
        {
            Add(cost, id);
        }
    }

    private sealed class DearestFirst : IComparer<(long Cost, CallId Id)>
    {
        public static DearestFirst Instance { get; } = new();

        public int Compare((long Cost, CallId Id) x, (long Cost, CallId Id) y) =>
            x.Cost != y.Cost ? y.Cost.CompareTo(x.Cost) : x.Id.CompareTo(y.Id);
    }
}
