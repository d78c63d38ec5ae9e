using CostLedger.Records;

namespace CostLedger.Querying.Reading;

/// <summary>Lists records. Holds one of them at a time.</summary>
internal static class CallRows
{
    private const int MaxFound = 10;
    private const int MinPrefix = 4;
    private const int IdLength = 26;

    // A key of another length was not written by this program and has no time; the health check tells of it.
    private const string IsKey = "length(c.id) = 16";

    /// <summary>The records of a selection, oldest first, as they are enumerated.</summary>
    /// <param name="connection">A connection that nobody else uses meanwhile.</param>
    /// <param name="selection">Which records.</param>
    /// <param name="limit">At most so many, the first ones; null: all.</param>
    public static IEnumerable<CallRecord> Read(LedgerConnection connection, Selection selection, long? limit = null)
    {
        using var reader = new CallRowReader(connection);
        using var rows = connection.Prepare(
            $"{CallRowReader.Select} WHERE {selection.Where} AND {IsKey} ORDER BY c.id LIMIT {limit ?? -1}");
        selection.BindTo(rows);
        while (rows.Step())
        {
            yield return reader.Read(rows);
        }
    }

    /// <summary>The records with these keys, in their order; those that are no longer there are left out.</summary>
    public static List<CallRecord> Read(LedgerConnection connection, IEnumerable<CallId> ids)
    {
        using var reader = new CallRowReader(connection);
        using var rows = connection.Prepare($"{CallRowReader.Select} WHERE c.id = ?1");
        var records = new List<CallRecord>();
        var key = new byte[CallId.ByteCount];
        foreach (var id in ids)
        {
            id.WriteBytes(key);
            rows.Bind(1, key.AsSpan());
            if (rows.Step())
            {
                records.Add(reader.Read(rows));
            }

            rows.Reset();
        }

        return records;
    }

    /// <summary>Narrows a selection to its last records. Walks backwards over keys alone, so that any number takes no memory.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="selection">Which records.</param>
    /// <param name="count">How many.</param>
    public static Selection Last(LedgerConnection connection, Selection selection, int count)
    {
        if (count <= 0)
        {
            return selection with { High = selection.Low };
        }

        using var rows = connection.Prepare(
            $"SELECT c.id FROM calls AS c WHERE {selection.Where} AND {IsKey} ORDER BY c.id DESC LIMIT 1 OFFSET {count - 1}");
        selection.BindTo(rows);
        return rows.Step() ? selection with { Low = CallId.FromBytes(rows.Bytes(0)) } : selection;
    }

    /// <summary>Ends a selection with the last row that the ledger has now.</summary>
    public static Selection Bound(LedgerConnection connection, Selection selection)
    {
        using var rows = connection.Prepare($"SELECT c.id FROM calls AS c WHERE {IsKey} ORDER BY c.id DESC LIMIT 1");
        if (!rows.Step() || CallId.FromBytes(rows.Bytes(0)) is var last && last < selection.Low)
        {
            return selection with { High = selection.Low };
        }

        var after = last == Selection.End ? last : new CallId(last.Value + 1);
        return selection with { High = after < selection.High ? after : selection.High };
    }

    /// <summary>The records with an id that begins so, or else with this message id or request id; oldest first.</summary>
    public static List<CallRecord> Find(LedgerConnection connection, string id)
    {
        if (RangeOf(id) is { } range)
        {
            var byKey = Read(connection, Selection.All with { Low = range.Low, High = range.High }, MaxFound).ToList();
            if (byKey.Count > 0)
            {
                return byKey;
            }
        }

        using var reader = new CallRowReader(connection);
        using var rows = connection.Prepare(
            $"{CallRowReader.Select} WHERE c.id IN (SELECT id FROM call_details WHERE message_id = ?1 OR request_id = ?1) ORDER BY c.id LIMIT {MaxFound}");
        rows.Bind(1, id);
        var found = new List<CallRecord>();
        while (rows.Step())
        {
            found.Add(reader.Read(rows));
        }

        return found;
    }

    private static (CallId Low, CallId High)? RangeOf(string prefix)
    {
        if (prefix.Length is < MinPrefix or > IdLength
            || !CallId.TryParse(prefix.PadRight(IdLength, '0'), out var low)
            || !CallId.TryParse(prefix.PadRight(IdLength, 'Z'), out var last))
        {
            return null;
        }

        return (low, last == Selection.End ? last : new CallId(last.Value + 1));
    }
}
