namespace CostLedger.Querying.Reading;

/// <summary>The ledger's interned strings, by id. Keeps a bounded number of them.</summary>
internal sealed class StringTable : IDisposable
{
    private const int MaxKept = 4096;

    private readonly Dictionary<long, string?> _kept = [];
    private readonly Statement _find;

    public StringTable(LedgerConnection connection) => _find = connection.Prepare("SELECT value FROM strings WHERE id = ?1");

    /// <summary>The string; null for id 0, which stands for null, and for an id that the ledger does not have.</summary>
    public string? this[long id] => id == 0 ? null : _kept.TryGetValue(id, out var value) ? value : Find(id);

    public void Dispose() => _find.Dispose();

    private string? Find(long id)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _find.Bind(1, id);
        var value = _find.Step() ? _find.Text(0) : null;
        _find.Reset();
        _kept[id] = value;
        return value;
    }
}
