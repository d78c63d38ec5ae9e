using CostLedger.Querying;
using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Retention;

/// <summary>What pruning would do.</summary>
public static class RetentionQuestions
{
    /// <summary>Counts what <c>SqliteLedger.PruneAsync</c> would delete. Deletes nothing.</summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="before">The first time that would stay.</param>
    /// <returns>The counts; blocks of prompts are not counted.</returns>
    /// <exception cref="Storage.LedgerException">The ledger cannot be read.</exception>
    public static PruneResult CountBefore(this LedgerReader reader, DateTimeOffset before)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var bound = CallId.FirstAt(before);
        using var snapshot = reader.Connection.BeginSnapshot();
        using var calls = reader.Connection.Prepare("SELECT count(*) FROM calls WHERE id < ?1");
        using var points = reader.Connection.Prepare("SELECT count(*) FROM limit_points WHERE minute < ?1");
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        bound.WriteBytes(key);
        calls.Bind(1, key);
        points.Bind(1, Pruner.MinuteOf(before));
        return new PruneResult(Count(calls), Count(points), PromptNodes: null);
    }

    private static long Count(Statement rows) => rows.Step() ? rows.Int64(0) : 0;
}
