using CostLedger.Records;

namespace CostLedger.Querying.Overviews;

/// <summary>The keys of the attempts that cost most, or took longest. Of two that are alike, the earlier comes first.</summary>
/// <param name="most">How many there are at most.</param>
internal sealed class GreatestCalls(int most)
{
    private readonly SortedSet<(long Value, CallId Id)> _calls = new(GreatestFirst.Instance);

    /// <summary>The keys, the greatest first.</summary>
    public IEnumerable<CallId> Ids => _calls.Select(call => call.Id);

    /// <summary>Whether an attempt with so much may be among them; asked before its key is read.</summary>
    public bool Wants(long value) => most > 0 && (_calls.Count < most || value >= _calls.Max.Value);

    /// <summary>Adds an attempt.</summary>
    public void Add(long value, CallId id)
    {
        _calls.Add((value, id));
        if (_calls.Count > most)
        {
            _calls.Remove(_calls.Max);
        }
    }

    /// <summary>Adds the attempts of another scan.</summary>
    public void Add(GreatestCalls other)
    {
        foreach (var (value, id) in other._calls)
        {
            Add(value, id);
        }
    }

    private sealed class GreatestFirst : IComparer<(long Value, CallId Id)>
    {
        public static GreatestFirst Instance { get; } = new();

        public int Compare((long Value, CallId Id) x, (long Value, CallId Id) y) =>
            x.Value != y.Value ? y.Value.CompareTo(x.Value) : x.Id.CompareTo(y.Id);
    }
}
