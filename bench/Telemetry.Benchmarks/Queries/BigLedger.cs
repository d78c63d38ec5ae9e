using CostLedger.Records;
using SQLitePCL;

namespace Telemetry.Benchmarks.Queries;

/// <summary>
/// Makes ledgers of any size: calls of several models, many sessions and conversations of fifty turns, with their prompts, estimates
/// and cache breaks, spread over 90 days before <see cref="End"/>.
/// </summary>
internal static class BigLedger
{
    public const int Days = 90;
    public static readonly DateTimeOffset End = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private const int CallsPerSession = 200;
    private const int TagSets = 20;
    private const int FirstSession = 100;
    private const int FirstConversation = 1_000_000;

    private static readonly string[] Names =
        ["claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5-20251001", "claude-haiku-4-5", "end_turn", "tool_use", "overloaded_error", "api.anthropic.com"];

    private static readonly string[] Migrations =
        ["0001_initial.sql", "0002_batches_and_limits.sql", "0003_prompts_and_estimates.sql", "0004_cache_breaks.sql", "0005_tool_rounds.sql"];

    private const string InsertCall = """
        INSERT INTO calls VALUES (?1, ?2, 1, 1, ?3, ?4, ?5, ?6, ?17, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, 0, 0, NULL, 1,
          ?10 * 3000, ?11 * 15000, ?13 * 300, ?14 * 3750, 0, 0, ?13 * 2700 - ?14 * 750, 1, ?15, ?16)
        """;

    private const string InsertDetails = """
        INSERT INTO call_details (id, first_attempt, message_id, request_id, model_requested, model_served, host, is_stream,
          stream_end, headers_us, first_event_us, longest_gap_us, request_bytes, response_bytes, events)
        VALUES (?1, ?1, 'msg_01' || hex(substr(?1, 6)), 'req_011' || hex(substr(?1, 6)), iif(?2 = 3, 4, ?2), ?2, 8, 1, 1, 180000, 190000, 90000, 40000, 30000, 300)
        """;

    /// <summary>Makes a ledger.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="calls">How many calls.</param>
    public static void Create(string path, int calls)
    {
        Batteries_V2.Init();
        File.Delete(path);
        Check(raw.sqlite3_open(path, out var database), database);
        Run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 20000");
        foreach (var migration in Migrations)
        {
            Run(database, Text(migration));
        }

        Run(database, $"PRAGMA user_version = {Migrations.Length}; BEGIN");
        FillNames(database, calls);
        FillCalls(database, calls);
        Run(database, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        database.Dispose();
    }

    internal static void Run(sqlite3 database, string sql) => Check(raw.sqlite3_exec(database, sql), database);

    internal static void Check(int result, sqlite3 database)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
        }
    }

    private static string Text(string migration)
    {
        using var stream = typeof(CallRecord).Assembly.GetManifestResourceStream(migration)
            ?? throw new InvalidOperationException("The schema is missing.");
        return new StreamReader(stream).ReadToEnd();
    }

    private static void FillNames(sqlite3 database, int calls)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            Run(database, $"INSERT INTO strings VALUES ({i + 1}, '{Names[i]}')");
        }

        Series(database, "session", FirstSession, calls / CallsPerSession);
        Series(database, "conversation", FirstConversation, calls / BigPrompts.Turns);
        Run(database, $$"""WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {{TagSets}}) INSERT INTO tag_sets SELECT i, '{"env":"prod","team":"t' || (i % 5) || '","user":"u' || i || '"}' FROM n""");
        Run(database, "INSERT INTO price_books VALUES (1, '2026-10-01-benchmark', x'')");
    }

    private static void Series(sqlite3 database, string name, int first, int count) =>
        Run(database, $"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO strings SELECT i + {first}, '{name}-' || i FROM n");

    private static void FillCalls(sqlite3 database, int calls)
    {
        var random = new Random(1);
        var first = End.AddDays(-Days);
        var step = (End - first).Ticks / calls;
        Check(raw.sqlite3_prepare_v2(database, InsertCall, out var call), database);
        Check(raw.sqlite3_prepare_v2(database, InsertDetails, out var details), database);
        using var prompts = new BigPrompts(database);
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        for (var i = 0; i < calls; i++)
        {
            CallId.Create(first.AddTicks(i * step), new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64())).WriteBytes(key);
            var model = random.Next(1, 4);
            raw.sqlite3_bind_blob(call, 1, key);
            BindCall(call, random, model, i);
            raw.sqlite3_step(call);
            Check(raw.sqlite3_reset(call), database);
            raw.sqlite3_bind_blob(details, 1, key);
            raw.sqlite3_bind_int(details, 2, model);
            raw.sqlite3_step(details);
            Check(raw.sqlite3_reset(details), database);
            prompts.Add(i, key, model, random);
        }

        call.Dispose();
        details.Dispose();
    }

    private static void BindCall(sqlite3_stmt call, Random random, int model, int number)
    {
        var failed = random.Next(50) == 0;
        int?[] values =
        [
            random.Next(40) == 0 ? 2 : 1, failed ? 2 : 1, failed ? 529 : 200, model, FirstSession + (number / CallsPerSession), random.Next(1, TagSets + 1),
            failed ? null : random.Next(5, 7), failed ? 7 : null, random.Next(3000), random.Next(2000), random.Next(500),
            random.Next(50_000), random.Next(4) == 0 ? random.Next(8000) : 0, random.Next(2_000_000), random.Next(20_000_000),
            FirstConversation + (number / BigPrompts.Turns),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                raw.sqlite3_bind_int64(call, i + 2, value);
            }
            else
            {
                raw.sqlite3_bind_null(call, i + 2);
            }
        }
    }
}
