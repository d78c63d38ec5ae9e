using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Records;

namespace CostLedger.Querying.Errors;

/// <summary>
/// Finds the logical calls that succeeded at another attempt than the first. Memory grows with their number. For one thread.
/// </summary>
internal sealed class SuccessScan : IRangeScan<Dictionary<CallId, CallId>>
{
    private readonly Statement _rows;

    public SuccessScan(LedgerConnection connection) => _rows = connection.Prepare(
        "SELECT c.id, d.first_attempt FROM calls AS c JOIN call_details AS d ON d.id = c.id WHERE c.id >= ?1 AND c.id < ?2 AND c.attempt > 1 "
        + $"AND c.outcome IN ({(int)CallOutcome.Success}, {(int)CallOutcome.Refused}) AND length(c.id) = {CallId.ByteCount} AND length(d.first_attempt) = {CallId.ByteCount}");

    /// <summary>The last success by the first attempt.</summary>
    public Dictionary<CallId, CallId> Result { get; } = [];

    public void Run(CallId low, CallId high)
    {
        Selection.BindRange(_rows, low, high);
        while (_rows.Step())
        {
            Note(Result, CallId.FromBytes(_rows.Bytes(1)), CallId.FromBytes(_rows.Bytes(0)));
        }

        _rows.Reset();
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>The last successes of all scans.</summary>
    public static Dictionary<CallId, CallId> Merge(IReadOnlyList<Dictionary<CallId, CallId>> parts)
    {
        var all = parts[0];
        foreach (var (first, success) in parts.Skip(1).SelectMany(part => part))
        {
            Note(all, first, success);
        }

        return all;
    }

    private static void Note(Dictionary<CallId, CallId> successes, CallId first, CallId success)
    {
        if (!successes.TryGetValue(first, out var known) || known < success)
        {
            successes[first] = success;
        }
    }
}
