namespace CostLedger.Querying.Reading;

/// <summary>The versions of the price lists that costs were computed with, by id. There are few.</summary>
internal sealed class VersionTable : IDisposable
{
    private readonly Dictionary<long, string?> _versions = [];
    private readonly Statement _find;

    public VersionTable(LedgerConnection connection) => _find = connection.Prepare("SELECT version FROM price_books WHERE id = ?1");

    /// <summary>The version; null for an id that the ledger does not have.</summary>
    public string? this[long id]
    {
        get
        {
            if (!_versions.TryGetValue(id, out var version))
            {
                _find.Bind(1, id);
                version = _find.Step() ? _find.Text(0) : null;
                _find.Reset();
                _versions[id] = version;
            }

            return version;
        }
    }

    public void Dispose() => _find.Dispose();
}
