using CostLedger.Querying;
using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Tests.Querying;

/// <summary>A ledger file in a folder of its own, written column by column, so that reading is tested against the schema and not against a writer.</summary>
internal sealed class TestLedger : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-query-");
    private readonly Dictionary<string, long> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _tagSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _books = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    public TestLedger(string name = "ledger.db", int? schema = null)
    {
        SQLitePCL.Batteries_V2.Init();
        Path = System.IO.Path.Combine(_folder.FullName, name);
        _connection = Connect();
        Execute("PRAGMA journal_mode = WAL");
        Migrator.Current.Migrate(_connection, Path);
        Execute($"PRAGMA user_version = {schema ?? Migrator.Current.Latest}");
    }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public static TestLedger With(IEnumerable<CallRecord> records)
    {
        var ledger = new TestLedger();
        ledger.Write(records);
        return ledger;
    }

    public LedgerReader Read() => LedgerReader.Open(Path);

    /// <summary>A second connection to the same file.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public long Count(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Stores records in one transaction.</summary>
    public void Write(IEnumerable<CallRecord> records)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var record in records)
        {
            Insert("calls", Call(record));
            Insert("call_details", Details(record));
        }

        transaction.Commit();
    }

    public long? Id(string? text) => text is null ? null : Intern(_strings, text, "strings", "value");

    public long Book(string version, byte[]? content = null)
    {
        if (!_books.TryGetValue(version, out var id))
        {
            Insert("price_books", [("version", version), ("content", content ?? [])]);
            id = Count("SELECT last_insert_rowid()");
            _books.Add(version, id);
        }

        return id;
    }

    public static byte[] Key(CallId id)
    {
        var key = new byte[CallId.ByteCount];
        id.WriteBytes(key);
        return key;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Delete(recursive: true);
    }

    private long Intern(Dictionary<string, long> known, string text, string table, string column)
    {
        if (!known.TryGetValue(text, out var id))
        {
            Insert(table, [(column, text)]);
            id = Count("SELECT last_insert_rowid()");
            known.Add(text, id);
        }

        return id;
    }

    private static long? Us(TimeSpan? time) => time is { } value ? value.Ticks / TimeSpan.TicksPerMicrosecond : null;

    private List<(string, object?)> Call(CallRecord r) =>
    [
        ("id", Key(r.Id)), ("attempt", r.Attempt), ("provider", (int)r.Provider), ("operation", (int)r.Operation),
        ("outcome", (int)r.Outcome), ("http_status", r.HttpStatus), ("model", Id(r.Model)), ("session", Id(r.Labels.Session)),
        ("conversation", Id(r.Labels.Conversation)), ("tag_set", TagSet(r.Labels.Tags)), ("stop_reason", Id(r.StopReason)),
        ("error_type", Id(r.ErrorType)), ("input_tokens", r.Usage?.InputTokens), ("output_tokens", r.Usage?.OutputTokens),
        ("thinking_tokens", r.Usage?.ThinkingTokens), ("cache_read_tokens", r.Usage?.CacheReadInputTokens),
        ("cache_creation_tokens", r.Usage?.CacheCreationInputTokens), ("cache_5m_tokens", r.Usage?.CacheCreation5mInputTokens),
        ("cache_1h_tokens", r.Usage?.CacheCreation1hInputTokens), ("web_searches", r.Usage?.WebSearchRequests),
        ("estimated_output", r.Estimate?.OutputTokens), ("cost_basis", (int)r.Cost.Basis),
        ("cost_input", r.Cost.ByClass?.Input.Value), ("cost_output", r.Cost.ByClass?.Output.Value),
        ("cost_cache_read", r.Cost.ByClass?.CacheRead.Value), ("cost_cache_5m", r.Cost.ByClass?.CacheWrite5m.Value),
        ("cost_cache_1h", r.Cost.ByClass?.CacheWrite1h.Value), ("cost_server_tools", r.Cost.ByClass?.ServerTools.Value),
        ("saved_by_cache", r.Cost.SavedByCache?.Value), ("price_book", r.Cost.PriceVersion is { } version ? Book(version) : null),
        ("first_content_us", Us(r.Timing.FirstContent)), ("duration_us", Us(r.Timing.Total)),
    ];

    private List<(string, object?)> Details(CallRecord r) =>
    [
        ("id", Key(r.Id)), ("first_attempt", r.FirstAttemptId is { } first ? Key(first) : null), ("message_id", r.MessageId),
        ("request_id", r.RequestId), ("model_requested", Id(r.ModelRequested)), ("model_served", Id(r.ModelServed)),
        ("host", Id(r.Host)), ("location", Id(r.Location)), ("is_stream", r.IsStream ? 1 : 0), ("stream_end", (int?)r.StreamEnd),
        ("turn", r.Labels.Turn), ("cost_low", r.Cost.LowerBound?.Value), ("cost_high", r.Cost.UpperBound?.Value),
        ("headers_us", Us(r.Timing.Headers)), ("first_event_us", Us(r.Timing.FirstEvent)), ("longest_gap_us", Us(r.Timing.LongestGap)),
        ("request_bytes", r.Transfer.RequestBytes), ("response_bytes", r.Transfer.ResponseBytes), ("events", r.Transfer.Events),
        ("chunks", r.Transfer.Chunks), ("pings", r.Transfer.Pings), ("content_blocks", r.Transfer.ContentBlocks),
        ("is_connection_reused", r.Transfer.IsConnectionReused),
        ("estimated_input", r.Estimate?.InputTokens),
        ("service_tier", Id(r.Usage?.ServiceTier)), ("speed", Id(r.Usage?.Speed)), ("inference_geo", Id(r.Usage?.InferenceGeo)),
        ("refusal", Id(r.RefusalCategory)), ("extra", ExtraFields.Serialize(r)),
    ];

    private long? TagSet(IReadOnlyDictionary<string, string> tags) => tags.Count == 0
        ? null
        : Intern(_tagSets, System.Text.Json.JsonSerializer.Serialize(tags), "tag_sets", "json");

    private void Insert(string table, List<(string Name, object? Value)> columns)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(',', columns.Select(c => c.Name))}) VALUES ({string.Join(',', columns.Select(c => "$" + c.Name))})";
        foreach (var (name, value) in columns)
        {
            command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
