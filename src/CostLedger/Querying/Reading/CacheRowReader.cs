using CostLedger.Records;
using CostLedger.Records.Prompts;

namespace CostLedger.Querying.Reading;

/// <summary>Reads what calls lost of the prompt cache.</summary>
internal sealed class CacheRowReader(StringTable strings)
{
    /// <summary>The columns of <see cref="ReadBreak"/> and then of <see cref="ReadVerdict"/>; b is cache_breaks, v is cache_verdicts.</summary>
    public const string Columns = $"{BreakColumns}, {VerdictColumns}";

    /// <summary>The columns of <see cref="ReadBreak"/>; b is cache_breaks.</summary>
    public const string BreakColumns = """
        b.reason, b.is_missed, b.level, b.item, b.segment, b.byte_at, b.byte_count, b.compared, b.available, b.tokens_lost,
        b.cost_lost, b.idle_us
        """;

    /// <summary>The columns of <see cref="ReadVerdict"/>; v is cache_verdicts.</summary>
    public const string VerdictColumns = "v.reason, v.tokens_missed";

    /// <summary>The tables, for a statement in which c is calls.</summary>
    public const string Joins = "LEFT JOIN cache_breaks AS b ON b.id = c.id LEFT JOIN cache_verdicts AS v ON v.id = c.id";

    /// <summary>Reads a break; null where there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="next">The first of the columns; the one behind them afterwards.</param>
    public CacheBreak? ReadBreak(Statement row, ref int next)
    {
        const int Count = 12;
        var first = next;
        next += Count;
        return strings[row.Int64(first)] is not { } reason ? null : new CacheBreak
        {
            Reason = reason,
            IsMissed = row.Int64(first + 1) != 0,
            Level = (PromptLevel)row.Int64(first + 2),
            Item = (int)row.Int64(first + 3),
            Segment = strings[row.Int64(first + 4)] ?? "",
            ByteAt = (int?)row.Number(first + 5),
            ByteCount = (int?)row.Number(first + 6),
            ComparedWith = row.Bytes(first + 7) is { Length: CallId.ByteCount } key ? CallId.FromBytes(key) : null,
            AvailableTokens = row.Int64(first + 8),
            TokensLost = row.Int64(first + 9),
            CostLost = row.Number(first + 10) is { } cost ? new NanoUsd(cost) : null,
            Idle = row.Number(first + 11) is { } idle ? TimeSpan.FromMicroseconds(idle) : null,
        };
    }

    /// <summary>Reads what the provider said; null where it said nothing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="next">The first of the columns; the one behind them afterwards.</param>
    public CacheVerdict? ReadVerdict(Statement row, ref int next)
    {
        var first = next;
        next += 2;
        return strings[row.Int64(first)] is { } reason ? new CacheVerdict(reason, row.Number(first + 1)) : null;
    }
}
