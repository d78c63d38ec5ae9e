namespace CostLedger.Querying.Scanning;

/// <summary>Sums by group. A key has one number per dimension.</summary>
/// <typeparam name="TSums">What is summed.</typeparam>
internal sealed class GroupTable<TSums>
    where TSums : class, IGroupSums<TSums>, new()
{
    private readonly Dictionary<long[], TSums> _groups = new(KeyComparer.Instance);
    private readonly Dictionary<long[], TSums>.AlternateLookup<ReadOnlySpan<long>> _lookup;
    private long[] _lastKey = [];
    private TSums? _last;

    public GroupTable() => _lookup = _groups.GetAlternateLookup<ReadOnlySpan<long>>();

    /// <summary>The groups, in no order.</summary>
    public IEnumerable<KeyValuePair<long[], TSums>> Groups => _groups;

    /// <summary>The sums of a group, new ones if it has none yet.</summary>
    public TSums this[ReadOnlySpan<long> key]
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
                _last = new TSums();
                _groups.Add(_lastKey, _last);
            }

            return _last;
        }
    }

    /// <summary>Takes over another table's groups, which are not to be used any more.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="rename">Changes a key in place; keys that become equal become one group.</param>
    public void Take(GroupTable<TSums> other, Action<long[]>? rename = null)
    {
        foreach (var (key, sums) in other._groups)
        {
            var copy = (long[])key.Clone();
            rename?.Invoke(copy);
            if (!_groups.TryAdd(copy, sums))
            {
                _groups[copy].Add(sums);
            }
        }
    }
}
