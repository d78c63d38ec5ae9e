namespace CostLedger.Querying.Summing;

/// <summary>Sums by group. A key has one number per dimension.</summary>
internal sealed class SumTable
{
    private readonly Dictionary<long[], RowSums> _groups = new(KeyComparer.Instance);
    private readonly Dictionary<long[], RowSums>.AlternateLookup<ReadOnlySpan<long>> _lookup;
    private long[] _lastKey = [];
    private RowSums? _last;

    public SumTable() => _lookup = _groups.GetAlternateLookup<ReadOnlySpan<long>>();

    /// <summary>The groups, in no order.</summary>
    public IEnumerable<KeyValuePair<long[], RowSums>> Groups => _groups;

    /// <summary>The price lists that the costs come from, by id.</summary>
    public HashSet<long> PriceBooks { get; } = [];

    /// <summary>The sums of a group, new ones if it has none yet.</summary>
    public RowSums this[ReadOnlySpan<long> key]
    {
        get
        {
            // Neighbours in time are often of one group.
            if (_last is not null && key.SequenceEqual(_lastKey))
            {
                return _last;
            }

            if (!_lookup.TryGetValue(key, out _lastKey!, out _last))
            {
                _lastKey = key.ToArray();
                _last = new RowSums();
                _groups.Add(_lastKey, _last);
            }

            return _last;
        }
    }

    /// <summary>Takes in another table's groups.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="rename">Changes a key in place; keys that become equal become one group.</param>
    public void Add(SumTable other, Action<long[]>? rename = null)
    {
        foreach (var (key, sums) in other._groups)
        {
            var copy = (long[])key.Clone();
            rename?.Invoke(copy);
            this[copy].Add(sums);
        }

        PriceBooks.UnionWith(other.PriceBooks);
    }
}
