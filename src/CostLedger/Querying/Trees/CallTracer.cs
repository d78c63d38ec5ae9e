using CostLedger.Querying.Prompts;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Tools;

namespace CostLedger.Querying.Trees;

/// <summary>Reads calls that ask for an answer, as far as histories need them.</summary>
internal sealed class CallTracer(LedgerConnection connection) : IDisposable
{
    private const string Columns = $"""
        c.id, d.first_attempt, coalesce(p.leaf, 0), coalesce(c.session, 0), coalesce(c.conversation, 0), c.outcome, c.duration_us,
        coalesce(c.model, 0), c.input_tokens, c.output_tokens, c.thinking_tokens, c.cache_read_tokens, c.cache_creation_tokens,
        c.cost_input, c.cost_output, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, c.cost_server_tools, c.saved_by_cache,
        l.kind, coalesce(l.tool, 0), l.rounds, l.since, l.is_first,
        coalesce(c.estimated_output, 0), c.cost_basis, {EstimateReader.SourceColumns}
        """;

    private const int CostInput = 13;
    private const int Loop = 20;
    private const int EstimatedOutput = 25;
    private const int Basis = 26;
    private const int Sources = 27;
    private const int Chosen = 36;

    private const string Joins = "LEFT JOIN call_details AS d ON d.id = c.id LEFT JOIN tool_loops AS l ON l.id = c.id "
        + "LEFT JOIN call_estimates AS e ON e.model = coalesce(c.model, 0) AND e.id = c.id";

    /// <summary>The calls whose prompts end at a node (?1), before a key (?2); the last ones, latest first.</summary>
    public const string SelectBefore =
        $"SELECT {Columns}, 0 FROM call_prompts AS p CROSS JOIN calls AS c ON c.id = p.id {Joins} WHERE p.leaf = ?1 AND p.id < ?2 AND {Selection.Asks} ORDER BY p.id DESC LIMIT 16";

    private readonly StringTable _strings = new(connection);

    /// <summary>The calls of a period, oldest first; those that the other conditions do not choose too.</summary>
    public IEnumerable<TracedCall> Read(Selection selection)
    {
        using var rows = connection.Prepare(
            $"SELECT {Columns}, (1{selection.Conditions}) FROM calls AS c LEFT JOIN call_prompts AS p ON p.id = c.id {Joins} "
            + $"WHERE c.id >= ?1 AND c.id < ?2 AND {Selection.Asks} ORDER BY c.id");
        selection.BindTo(rows);
        while (rows.Step())
        {
            yield return Read(rows);
        }
    }

    /// <summary>The call of the current row.</summary>
    public TracedCall Read(Statement row)
    {
        var id = CallId.FromBytes(row.Bytes(0));
        var output = row.Number(9);
        return new TracedCall
        {
            Id = id,
            First = row.Bytes(1) is { Length: CallId.ByteCount } first ? CallId.FromBytes(first) : id,
            Leaf = row.Int64(2),
            Session = row.Int64(3),
            Conversation = row.Int64(4),
            Outcome = (CallOutcome)row.Int64(5),
            DurationUs = row.Int64(6),
            Model = row.Int64(7),
            VisibleOutput = output - row.Int64(10),
            // An answer that was cut off told a beginning of its output at most; its cost is that of the greater count too.
            Sums = ReadSums(row, Math.Max(output ?? 0, row.Int64(EstimatedOutput))),
            Loop = row.IsNull(Loop) ? null : ReadLoop(row),
            Sources = EstimateReader.ReadSources(row, Sources),
            IsChosen = row.Int64(Chosen) != 0,
        };
    }

    /// <summary>A text of the ledger; null for 0.</summary>
    public string? Text(long id) => _strings[id];

    /// <inheritdoc/>
    public void Dispose() => _strings.Dispose();

    private static CallSums ReadSums(Statement row, long output)
    {
        var newInput = row.Int64(CostInput) + row.Int64(CostInput + 3) + row.Int64(CostInput + 4);
        var read = row.Int64(CostInput + 2);
        return new CallSums
        {
            Calls = 1,
            Uncached = row.Int64(8),
            CacheRead = row.Int64(11),
            CacheWritten = row.Int64(12),
            Output = output,
            NewInputCost = new NanoUsd(newInput),
            CacheReadCost = new NanoUsd(read),
            Cost = new NanoUsd(newInput + read + row.Int64(CostInput + 1) + row.Int64(CostInput + 5)),
            SavedByCache = new NanoUsd(row.Int64(CostInput + 6)),
            Unpriced = row.IsNull(CostInput) ? 1 : 0,
            Estimated = (CostBasis)row.Int64(Basis) == CostBasis.Estimated ? 1 : 0,
        };
    }

    private ToolLoop ReadLoop(Statement row) => new()
    {
        Kind = (ToolLoopKind)row.Int64(Loop),
        Tool = _strings[row.Int64(Loop + 1)],
        Rounds = (int)row.Int64(Loop + 2),
        SinceMessage = (int)row.Int64(Loop + 3),
        IsFirst = row.Int64(Loop + 4) != 0,
    };
}
