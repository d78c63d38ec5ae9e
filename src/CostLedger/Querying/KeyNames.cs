using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>Gives the numbers of group keys their names, after all rows are summed.</summary>
internal sealed class KeyNames : IDisposable
{
    private readonly IReadOnlyList<Grouping> _by;
    private readonly Dimension[] _dimensions;
    private readonly StringTable _strings;
    private readonly TagSets _tagSets;
    private readonly List<string?> _tagValues = [null];
    private readonly Dictionary<string, int> _tagIndexes = new(StringComparer.Ordinal);

    public KeyNames(LedgerConnection connection, IReadOnlyList<Grouping> by, Dimension[] dimensions)
    {
        _by = by;
        _dimensions = dimensions;
        _strings = new StringTable(connection);
        _tagSets = new TagSets(connection);
    }

    /// <summary>Puts a number for a tag's value in place of the set of tags that it is in.</summary>
    public void FoldTags(long[] key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (_by[i] is { Kind: GroupKind.Tag, TagKey: { } tag })
            {
                key[i] = _tagSets[key[i]].TryGetValue(tag, out var value) ? IndexOf(value) : 0;
            }
        }
    }

    /// <summary>The names of a key whose tags are folded.</summary>
    public string?[] NamesOf(long[] key)
    {
        var names = new string?[key.Length];
        for (var i = 0; i < key.Length; i++)
        {
            names[i] = _by[i].Kind switch
            {
                GroupKind.Hour or GroupKind.Day or GroupKind.Week or GroupKind.Month => TimeSlots.Name(_dimensions[i].Unit, key[i]),
                GroupKind.Provider => ((Provider)key[i]).Name(),
                GroupKind.Status => ((CallOutcome)key[i]).Name(),
                GroupKind.Error when key[i] < 0 => ((CallOutcome)(-key[i])).Name(),
                GroupKind.Tag => _tagValues[(int)key[i]],
                _ => _strings[key[i]],
            };
        }

        return names;
    }

    /// <summary>Orders keys by their names, null after all others.</summary>
    public static int Compare(IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        var order = 0;
        for (var i = 0; order == 0 && i < left.Count; i++)
        {
            order = left[i] is null || right[i] is null
                ? (left[i] is null).CompareTo(right[i] is null)
                : string.CompareOrdinal(left[i], right[i]);
        }

        return order;
    }

    /// <summary>The time slots of a key, in the order of its dimensions.</summary>
    public long[] TimesOf(long[] key) => [.. key.Where((_, i) => _dimensions[i].Column is null)];

    public void Dispose()
    {
        _strings.Dispose();
        _tagSets.Dispose();
    }

    private int IndexOf(string value)
    {
        if (!_tagIndexes.TryGetValue(value, out var index))
        {
            index = _tagValues.Count;
            _tagValues.Add(value);
            _tagIndexes.Add(value, index);
        }

        return index;
    }
}
