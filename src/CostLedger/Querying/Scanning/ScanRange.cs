using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Scanning;

/// <summary>A range of keys, clipped to those that the ledger has.</summary>
/// <param name="Low">The first key.</param>
/// <param name="High">The key after the last.</param>
/// <param name="Rows">About how many rows it holds.</param>
internal readonly record struct ScanRange(CallId Low, CallId High, long Rows)
{
    // A row of calls and its details take about this much; a guess is enough to choose the number of threads.
    private const long BytesPerRow = 250;

    /// <summary>Measures a range.</summary>
    public static ScanRange Of(LedgerConnection connection, CallId low, CallId high)
    {
        var first = Edge(connection, "SELECT id FROM calls WHERE length(id) = 16 ORDER BY id LIMIT 1");
        var last = Edge(connection, "SELECT id FROM calls WHERE length(id) = 16 ORDER BY id DESC LIMIT 1");
        if (first is not { } begin || last is not { } end || high <= begin || low > end || high <= low)
        {
            return new ScanRange(low, low, 0);
        }

        var all = connection.Scalar("PRAGMA page_count") * connection.Scalar("PRAGMA page_size") / BytesPerRow;
        var after = end.Value == UInt128.MaxValue ? end : new CallId(end.Value + 1);
        var clipped = new ScanRange(low < begin ? begin : low, high > after ? after : high, 0);
        var share = (double)(clipped.High.Value - clipped.Low.Value) / (double)(after.Value - begin.Value);
        return clipped with { Rows = (long)(all * share) };
    }

    /// <summary>Cuts the range into equal parts.</summary>
    /// <param name="parts">How many.</param>
    /// <returns>Their bounds, one more than parts.</returns>
    public CallId[] Cut(int parts)
    {
        var step = (High.Value - Low.Value) / (uint)parts;
        var bounds = new CallId[parts + 1];
        for (var i = 0; i < parts; i++)
        {
            bounds[i] = new CallId(Low.Value + (step * (uint)i));
        }

        bounds[parts] = High;
        return bounds;
    }

    private static CallId? Edge(LedgerConnection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        return statement.Step() && statement.Bytes(0) is { Length: CallId.ByteCount } key ? CallId.FromBytes(key) : null;
    }
}
