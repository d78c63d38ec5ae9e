using CostLedger.Querying.Conversations;
using CostLedger.Querying.Histories;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Trees;
using CostLedger.Records;

namespace CostLedger.Querying.Tools;

/// <summary>Sums what tools took.</summary>
internal sealed class ToolQuery
{
    private readonly Dictionary<long, ToolSums> _tools = [];
    private readonly Dictionary<CallId, TracedCall> _chosen = [];
    private readonly HistoryBuilder _histories;
    private readonly DefinitionReader _definitions;
    private CallSums _read;
    private long _unread;

    private ToolQuery(IPromptTree tree) => (_histories, _definitions) = (new HistoryBuilder(tree), new DefinitionReader(tree));

    /// <summary>Runs the question.</summary>
    public static ToolReport Run(LedgerConnection connection, CallFilter filter)
    {
        using var snapshot = connection.BeginSnapshot();
        using var calls = new CallTracer(connection);
        var selection = FilterCompiler.Compile(connection, filter);
        using var tree = new StoredTree(connection, calls, selection.Low);
        var query = new ToolQuery(tree);
        foreach (var call in calls.Read(selection))
        {
            query.Add(call);
        }

        foreach (var round in ReadRounds(connection, selection))
        {
            query.Add(round);
        }

        return query.Report(calls);
    }

    private static IEnumerable<StoredRound> ReadRounds(LedgerConnection connection, Selection selection)
    {
        using var rows = connection.Prepare(
            "SELECT id, coalesce(tool, 0), is_server, is_error, use_tokens, result_tokens FROM tool_rounds WHERE id >= ?1 AND id < ?2 AND length(id) = 16 ORDER BY id, place");
        Selection.BindRange(rows, selection.Low, selection.High);
        while (rows.Step())
        {
            yield return new StoredRound(
                CallId.FromBytes(rows.Bytes(0)), rows.Int64(1), rows.Int64(2) != 0, rows.Int64(3) != 0, rows.Int64(4), rows.Int64(5));
        }
    }

    private void Add(TracedCall call)
    {
        _histories.Add(call);
        if (!call.IsChosen)
        {
            return;
        }

        if (call.Leaf == 0)
        {
            _unread++;
            return;
        }

        _chosen[call.Id] = call;
        _read += call.Sums;
        var (end, scale) = (0.0, ScaleOf(call));
        foreach (var definition in _definitions.Of(_histories.Paths.Of(call.Leaf).Root).Definitions)
        {
            var tokens = definition.Tokens * scale;
            var read = Math.Clamp(call.Sums.CacheRead - end, 0, tokens);
            end += tokens;
            SumsOf(definition.Tool).AddDefinition(tokens, ((decimal)read * ReadPrice(call.Sums)) + ((decimal)(tokens - read) * NewPrice(call.Sums)), definition.IsServer);
        }
    }

    private void Add(in StoredRound round)
    {
        if (_chosen.TryGetValue(round.Call, out var call) && _histories.TurnOf(round.Call) is { } turn)
        {
            var scale = ScaleOf(call);
            var scaled = round with { UseTokens = round.UseTokens * scale, ResultTokens = round.ResultTokens * scale };
            var sums = turn.Answer.Sums;
            var most = sums.Uncached + sums.CacheWritten is > 0 and var fresh ? fresh : sums.Input;
            SumsOf(round.Tool).Add(scaled, NewPrice(sums), most, round.IsServer ? null : TimeBefore(turn));
        }
    }

    // Of what the provider counted, each block has the share that it has by the ledger's own count; as advice on the cache has it.
    private double ScaleOf(TracedCall call)
    {
        var path = _histories.Paths.Of(call.Leaf);
        var head = _definitions.Of(path.Root);
        return path.IsWhole && head.IsWhole && head.Tokens + path.Tokens is > 0 and var counted && call.Sums.Input > 0 ? call.Sums.Input / (double)counted : 1;
    }

    private ToolSums SumsOf(long tool)
    {
        if (!_tools.TryGetValue(tool, out var sums))
        {
            _tools[tool] = sums = new ToolSums();
        }

        return sums;
    }

    private ToolReport Report(CallTracer calls) => new()
    {
        Tools =
        [
            .. _tools.Select(tool => tool.Value.Totals(calls.Text(tool.Key)))
                .OrderByDescending(tool => (decimal)tool.ResultCost.Value + tool.DefinitionCost.Value)
                .ThenByDescending(tool => tool.Rounds).ThenBy(tool => tool.Name, StringComparer.Ordinal),
        ],
        Loops =
        [
            .. _histories.Histories.SelectMany(history => ConversationQuery.LoopsOf(history).Select(loop => (ConversationQuery.NameOf(history, calls), loop)))
                .OrderByDescending(found => found.loop.AtRisk.Cost).ThenBy(found => found.loop.RecognisedAt),
        ],
        Calls = _read.Calls,
        InputTokens = _read.Input,
        InputCost = _read.NewInputCost + _read.CacheReadCost,
        Unread = _unread,
    };

    // The prompt holds one answer more than that of the turn before: the one that asked.
    private static long? TimeBefore(Turn turn) =>
        turn.Previous is { Leaf: not 0 } previous && previous.IsAnswered && turn.Facts.Answers == previous.Facts.Answers + 1
            && turn.Calls[0].StartUs - previous.Answer.EndUs is >= 0 and var time
            ? time
            : null;

    private static decimal NewPrice(in CallSums sums) => sums.Uncached + sums.CacheWritten is > 0 and var tokens
        ? (decimal)sums.NewInputCost.Value / tokens
        : ReadPrice(sums);

    private static decimal ReadPrice(in CallSums sums) => sums.CacheRead > 0 ? (decimal)sums.CacheReadCost.Value / sums.CacheRead : 0;
}
