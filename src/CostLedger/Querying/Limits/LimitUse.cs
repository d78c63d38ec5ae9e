using CostLedger.Querying.Reading;
using CostLedger.Records;

namespace CostLedger.Querying.Limits;

/// <summary>What calls of the last minutes used of their limits, by who holds the limit.</summary>
internal sealed class LimitUse
{
    private const string Sql = """
        SELECT c.id, c.provider, ifnull(d.host, 0), ifnull(d.limit_scope, 0), coalesce(d.model_requested, c.model, 0), c.operation,
          c.input_tokens, c.cache_creation_tokens, max(ifnull(c.output_tokens, 0), ifnull(c.estimated_output, 0)),
          (SELECT value FROM strings WHERE id = d.service_tier), (SELECT value FROM strings WHERE id = d.speed)
        FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id
        WHERE c.id >= ?1 AND c.id < ?2 AND length(c.id) = 16 AND ifnull(c.http_status, 0) <> 429 ORDER BY c.id
        """;

    private readonly Dictionary<(Holder Holder, string Kind), double> _used = [];
    private readonly Dictionary<Holder, DateTimeOffset> _first = [];
    private readonly DateTimeOffset _until;

    private LimitUse(DateTimeOffset until) => _until = until;

    /// <summary>Reads the calls that began within a time.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="since">The beginning.</param>
    /// <param name="until">The end.</param>
    public static LimitUse Read(LedgerConnection connection, DateTimeOffset since, DateTimeOffset until)
    {
        var use = new LimitUse(until);
        using var rows = connection.Prepare(Sql);
        Selection.BindRange(rows, CallId.FirstAt(since), CallId.FirstAt(until));
        while (rows.Step())
        {
            use.Add(rows);
        }

        return use;
    }

    /// <summary>What was used a minute. A burst that has just begun is not spread over the time before it.</summary>
    /// <param name="holder">Who holds the limit.</param>
    /// <param name="kind">What is limited.</param>
    public double PerMinute(Holder holder, string kind) => _used.TryGetValue((holder, kind), out var used) && used > 0
        ? used / Math.Max(1, (_until - _first[holder]).TotalMinutes)
        : 0;

    private void Add(Statement row)
    {
        var holder = new Holder((Provider)row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4));
        _first.TryAdd(holder, CallId.FromBytes(row.Bytes(0)).Time);
        var operation = (Operation)row.Int64(5);
        if (operation is not (Operation.Messages or Operation.Converse))
        {
            Add(holder, $"{operation.Name()}:requests", 1);
            return;
        }

        // Tokens that are read from the cache do not count towards the limits of input tokens.
        var input = (double)row.Int64(6) + row.Int64(7);
        var output = (double)row.Int64(8);
        var pool = row.Text(9) is "priority" ? "priority-" : row.Text(10) is "fast" ? "fast-" : "";
        Add(holder, "requests", 1);
        Add(holder, pool + "input-tokens", input);
        Add(holder, pool + "output-tokens", output);
        if (pool.Length == 0)
        {
            Add(holder, "tokens", input + output);
        }
    }

    private void Add(Holder holder, string kind, double amount) => _used[(holder, kind)] = _used.GetValueOrDefault((holder, kind)) + amount;

    /// <summary>Who holds limits; names are ids, 0 is none.</summary>
    internal readonly record struct Holder(Provider Provider, long Host, long Scope, long Model);
}
