using CostLedger.Records;
using CostLedger.Rows.Tables;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows;

/// <summary>
/// Deletes old calls with all that belongs to them alone, and old points of rate limits, a bounded number at a time, within a
/// transaction that the caller holds. Strings, tags and price lists stay: writers remember their ids.
/// </summary>
internal sealed class CallPruner : IDisposable
{
    private static readonly string[] TablesById = ["call_prompts", "call_details", "cache_breaks", "cache_verdicts", "tool_rounds", "tool_loops", "calls"];

    private readonly Statement _findBound;
    private readonly Statement _findModels;
    private readonly Statement _findPrompts;
    private readonly Statement _dropEstimates;
    private readonly Statement _dropThread;
    private readonly Statement _findMinute;
    private readonly Statement _dropPoints;
    private readonly Statement _findSeries;
    private readonly List<Statement> _drops;
    private readonly Statement _countChanges;
    private readonly NodeReleaser _nodes;

    public CallPruner(SqliteConnection connection)
    {
        _findBound = new Statement(connection, "SELECT id FROM calls WHERE id < ?1 ORDER BY id LIMIT 1 OFFSET ?2");
        _findModels = new Statement(connection, "SELECT DISTINCT coalesce(model, 0) FROM calls WHERE id < ?1");
        _findPrompts = new Statement(connection, "SELECT leaf, coalesce(thread, 0) FROM call_prompts WHERE id < ?1");
        _dropEstimates = new Statement(connection, "DELETE FROM call_estimates WHERE model = ?1 AND id < ?2");
        _dropThread = new Statement(connection, "DELETE FROM prompt_threads WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM call_prompts WHERE thread = ?1)");
        _findSeries = new Statement(connection, "SELECT series FROM limit_points WHERE series > ?1 AND minute < ?2 ORDER BY series LIMIT 1");
        _findMinute = new Statement(connection, "SELECT minute FROM limit_points WHERE series = ?1 AND minute < ?2 ORDER BY minute LIMIT 1 OFFSET ?3");
        _dropPoints = new Statement(connection, "DELETE FROM limit_points WHERE series = ?1 AND minute < ?2");
        _drops = [.. TablesById.Select(table => new Statement(connection, $"DELETE FROM {table} WHERE id < ?1"))];
        _countChanges = new Statement(connection, "SELECT changes()");
        _nodes = new NodeReleaser(connection);
    }

    /// <summary>Deletes the oldest calls.</summary>
    /// <param name="before">The first key that stays.</param>
    /// <param name="atMost">At most so many.</param>
    /// <returns>The number of calls and of nodes of prompts; no calls: there are none left.</returns>
    public (long Calls, long Nodes) PruneCalls(CallId before, int atMost)
    {
        var bound = BoundOf(before, atMost);
        var prompts = ReadPrompts(bound);
        foreach (var model in ReadModels(bound))
        {
            _dropEstimates.Bind(1, model);
            _dropEstimates.Bind(2, bound);
            _dropEstimates.Run();
        }

        foreach (var drop in _drops)
        {
            drop.Bind(1, bound);
            drop.Run();
        }

        // The calls are the last of the tables.
        return (_countChanges.ReadNumber() ?? 0, Release(prompts));
    }

    /// <summary>Deletes the oldest points of one rate limit.</summary>
    /// <param name="before">The first minute that stays, in Unix minutes.</param>
    /// <param name="after">Only of series after this one.</param>
    /// <param name="atMost">At most so many.</param>
    /// <returns>How many, and the last series that has none left; null when no series has any.</returns>
    public (long Points, long Series)? PruneLimits(long before, long after, int atMost)
    {
        _findSeries.Bind(1, after);
        _findSeries.Bind(2, before);
        if (_findSeries.ReadNumber() is not { } series)
        {
            return null;
        }

        _findMinute.Bind(1, series);
        _findMinute.Bind(2, before);
        _findMinute.Bind(3, atMost);
        var bound = _findMinute.ReadNumber();
        _dropPoints.Bind(1, series);
        _dropPoints.Bind(2, bound ?? before);
        _dropPoints.Run();
        return (_countChanges.ReadNumber() ?? 0, bound is null ? series : after);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findBound.Dispose();
        _findModels.Dispose();
        _findPrompts.Dispose();
        _dropEstimates.Dispose();
        _dropThread.Dispose();
        _findSeries.Dispose();
        _findMinute.Dispose();
        _dropPoints.Dispose();
        _drops.ForEach(drop => drop.Dispose());
        _countChanges.Dispose();
        _nodes.Dispose();
    }

    private CallId BoundOf(CallId before, int atMost)
    {
        _findBound.Bind(1, before);
        _findBound.Bind(2, atMost);
        if (!_findBound.Step())
        {
            return before;
        }

        // A key of another length was not written by this program; it goes with the calls around it.
        var key = _findBound.Bytes(0);
        var bound = key.Length == CallId.ByteCount ? CallId.FromBytes(key) : before;
        _findBound.Reset();
        return bound;
    }

    private List<(long Leaf, long Thread)> ReadPrompts(CallId bound)
    {
        var prompts = new List<(long Leaf, long Thread)>();
        _findPrompts.Bind(1, bound);
        while (_findPrompts.Step())
        {
            prompts.Add((_findPrompts.Number(0), _findPrompts.Number(1)));
        }

        return prompts;
    }

    private List<long> ReadModels(CallId bound)
    {
        var models = new List<long>();
        _findModels.Bind(1, bound);
        while (_findModels.Step())
        {
            models.Add(_findModels.Number(0));
        }

        return models;
    }

    private long Release(List<(long Leaf, long Thread)> prompts)
    {
        var nodes = 0L;
        foreach (var (leaf, thread) in prompts)
        {
            nodes += _nodes.Release(leaf);
            _dropThread.Bind(1, thread);
            _dropThread.Run();
        }

        return nodes;
    }
}
