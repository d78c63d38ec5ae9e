using CostLedger.Records;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>
/// Keeps what responses tell of rate limits as a time series: a row a limit and minute. What is stored depends on what was told,
/// not on the order or the number of times it is stored: streams end in another order than they began, and spools are replayed.
/// </summary>
internal sealed class LimitWriter : IDisposable
{
    private const int MaxCached = 1024;

    // A response that tells the same again says nothing new, but that it was told again.
    private const long SameForUs = 1_000_000;

    private const long UsPerMinute = 60_000_000;

    private const string FindSql =
        "SELECT id FROM limit_series WHERE provider = ?1 AND host = ?2 AND scope = ?3 AND model = ?4 AND kind = ?5";

    private const string AddSql =
        "INSERT INTO limit_series (provider, host, scope, model, kind) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";

    private const string PutSql = """
        INSERT INTO limit_points (series, minute, max_value, lowest, remaining, observed_us, resets_us)
        VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)
        ON CONFLICT (series, minute) DO UPDATE SET
          lowest = min(coalesce(lowest, excluded.lowest), coalesce(excluded.lowest, lowest)),
          max_value = iif(excluded.observed_us >= observed_us, coalesce(excluded.max_value, max_value), coalesce(max_value, excluded.max_value)),
          remaining = iif(excluded.observed_us >= observed_us, coalesce(excluded.remaining, remaining), coalesce(remaining, excluded.remaining)),
          resets_us = iif(excluded.observed_us >= observed_us, coalesce(excluded.resets_us, resets_us), coalesce(resets_us, excluded.resets_us)),
          observed_us = max(observed_us, excluded.observed_us)
        """;

    private readonly Dictionary<Series, Last> _last = [];
    private readonly Statement _find;
    private readonly Statement _add;
    private readonly Statement _put;
    private readonly NameTable _names;

    public LimitWriter(SqliteConnection connection, NameTable names)
    {
        _find = new Statement(connection, FindSql);
        _add = new Statement(connection, AddSql);
        _put = new Statement(connection, PutSql);
        _names = names;
    }

    /// <summary>Stores what an attempt's response told of limits.</summary>
    public void Put(CallRecord record)
    {
        if (record.RateLimits.Count == 0)
        {
            return;
        }

        // A refused request has no model that served it, and belongs to the limits of the one that was asked for.
        var holder = new Series(
            record.Provider,
            _names.Id(record.Host) ?? 0,
            _names.Id(record.LimitScope) ?? 0,
            _names.Id(record.ModelRequested ?? record.ModelServed) ?? 0,
            "");
        var observed = record.StartedAt + (record.Timing.Headers ?? TimeSpan.Zero);
        foreach (var limit in record.RateLimits)
        {
            if (limit.Limit is not null || limit.Remaining is not null)
            {
                Put(LastOf(holder with { Kind = KindOf(record.Operation, limit.Kind) }), limit, Microseconds(observed));
            }
        }
    }

    /// <summary>Must be called when the transaction was rolled back.</summary>
    public void Forget() => _last.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _put.Dispose();
    }

    // Counting tokens, batches and lists have limits of their own under the same headers.
    private static string KindOf(Operation operation, string kind) => operation is Operation.Messages or Operation.Converse
        ? Statement.Clean(kind)
        : Statement.Clean($"{operation.Name()}:{kind}");

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void Put(Last last, RateLimit limit, long observedUs)
    {
        if (last.Says(limit, observedUs))
        {
            return;
        }

        _put.Bind(1, last.Series);
        _put.Bind(2, observedUs / UsPerMinute);
        _put.Bind(3, limit.Limit);
        _put.Bind(4, limit.Remaining);
        _put.Bind(5, observedUs);
        _put.Bind(6, limit.ResetsAt is { } resets ? Microseconds(resets) : (long?)null);
        _put.Run();
        last.Note(limit, observedUs);
    }

    private Last LastOf(Series series)
    {
        if (_last.TryGetValue(series, out var last))
        {
            return last;
        }

        Bind(_find, series);
        if (_find.ReadNumber() is not { } id)
        {
            Bind(_add, series);
            id = _add.ReadNumber() ?? throw new InvalidOperationException("SQLite returned no id.");
        }

        if (_last.Count >= MaxCached)
        {
            _last.Clear();
        }

        return _last[series] = new Last(id);
    }

    private static void Bind(Statement statement, Series series)
    {
        statement.Bind(1, (int)series.Provider);
        statement.Bind(2, series.Host);
        statement.Bind(3, series.Scope);
        statement.Bind(4, series.Model);
        statement.Bind(5, series.Kind);
    }

    // What was stored last of a series.
    private sealed class Last(long series)
    {
        private long _observedUs = long.MinValue;
        private long? _limit;
        private long? _remaining;

        public long Series { get; } = series;

        public bool Says(RateLimit limit, long observedUs) =>
            _limit == limit.Limit && _remaining == limit.Remaining
            && observedUs >= _observedUs && observedUs - SameForUs < _observedUs && observedUs / UsPerMinute == _observedUs / UsPerMinute;

        public void Note(RateLimit limit, long observedUs) => (_limit, _remaining, _observedUs) = (limit.Limit, limit.Remaining, observedUs);
    }

    private readonly record struct Series(Provider Provider, long Host, long Scope, long Model, string Kind);
}
