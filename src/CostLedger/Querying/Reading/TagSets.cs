using System.Collections.Frozen;
using System.Text.Json;

namespace CostLedger.Querying.Reading;

/// <summary>The ledger's sets of tags, by id.</summary>
internal sealed class TagSets : IDisposable
{
    private readonly LedgerConnection _connection;
    private readonly Statement _find;
    private long _lastId;
    private IReadOnlyDictionary<string, string> _last = FrozenDictionary<string, string>.Empty;

    public TagSets(LedgerConnection connection)
    {
        _connection = connection;
        _find = connection.Prepare("SELECT json FROM tag_sets WHERE id = ?1");
    }

    /// <summary>The tags in key order; none for id 0, which stands for null.</summary>
    public IReadOnlyDictionary<string, string> this[long id]
    {
        get
        {
            if (id != _lastId)
            {
                _find.Bind(1, id);
                _last = _find.Step() ? Parse(_find.Bytes(0)) : FrozenDictionary<string, string>.Empty;
                _find.Reset();
                _lastId = id;
            }

            return _last;
        }
    }

    /// <summary>The ids of the sets that hold all of <paramref name="wanted"/>.</summary>
    public List<long> Having(IReadOnlyList<KeyValuePair<string, string>> wanted)
    {
        using var all = _connection.Prepare("SELECT id, json FROM tag_sets");
        var ids = new List<long>();
        while (all.Step())
        {
            var tags = Parse(all.Bytes(1));
            if (wanted.All(tag => tags.TryGetValue(tag.Key, out var value) && string.Equals(value, tag.Value, StringComparison.Ordinal)))
            {
                ids.Add(all.Int64(0));
            }
        }

        return ids;
    }

    public void Dispose() => _find.Dispose();

    // A sorted dictionary, so that tags keep the order that records promise. Anything else than an object of strings was not
    // written by this program; what of it can be read is.
    private static SortedDictionary<string, string> Parse(ReadOnlySpan<byte> json)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var key = reader.GetString() ?? string.Empty;
                if (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    tags[key] = reader.GetString() ?? string.Empty;
                }
                else
                {
                    reader.TrySkip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return tags;
        }

        return tags;
    }
}
