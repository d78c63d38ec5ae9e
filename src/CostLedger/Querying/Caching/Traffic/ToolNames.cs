using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Caching.Traffic;

/// <summary>Reads which tools were ever called, where the ledger keeps that.</summary>
internal static class ToolNames
{
    /// <summary>The tools, and the time of the first call that they are known of; null where none is.</summary>
    public static (IReadOnlySet<string> Names, DateTimeOffset Since)? Read(LedgerConnection connection)
    {
        // Ledgers of an older schema have no such table.
        if (connection.Scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'tool_rounds'") == 0)
        {
            return null;
        }

        using var first = connection.Prepare("SELECT id FROM tool_rounds WHERE length(id) = 16 ORDER BY id LIMIT 1");
        if (!first.Step())
        {
            return null;
        }

        var since = CallId.FromBytes(first.Bytes(0)).Time;
        using var rows = connection.Prepare("SELECT DISTINCT s.value FROM tool_rounds AS r JOIN strings AS s ON s.id = r.tool");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Step())
        {
            if (rows.Text(0) is { } name)
            {
                names.Add(name);
            }
        }

        return (names, since);
    }
}
