using CostLedger.Records.Prompts;
using SQLitePCL;

namespace Telemetry.Benchmarks.Queries;

/// <summary>
/// Writes what a ledger knows of calls' prompts: a system prompt, then question and answer in turn; what was expected; what broke the
/// cache of one call in thirty.
/// </summary>
internal sealed class BigPrompts : IDisposable
{
    /// <summary>The turns of a conversation.</summary>
    public const int Turns = 50;

    private const int BlocksPerTurn = 2;
    private const int FirstReason = 50;
    private const int CallsPerBreak = 30;
    private const int CallsPerVerdict = 120;

    private static readonly string[] Reasons = ["ttl_expired_5m", "tools_changed", "system_changed", "message_changed", "provider_evicted"];

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _node;
    private readonly sqlite3_stmt _prompt;
    private readonly sqlite3_stmt _estimate;
    private readonly sqlite3_stmt _break;
    private readonly sqlite3_stmt _verdict;

    public BigPrompts(sqlite3 database)
    {
        _database = database;
        for (var i = 0; i < Reasons.Length; i++)
        {
            BigLedger.Run(database, $"INSERT INTO strings VALUES ({FirstReason + i}, '{Reasons[i]}')");
        }

        BigLedger.Run(database, $"INSERT INTO strings VALUES ({FirstReason - 1}, 'messages[4]')");
        _node = Prepare("INSERT INTO prompt_nodes VALUES (?1, randomblob(16), ?2, 1, randomblob(16), ?3, 3, ?4, ?5, 0, 2000, 1950, 480, NULL)");
        _prompt = Prepare("INSERT INTO call_prompts VALUES (?1, ?2, ?3, ?4, NULL, ?3 || ':5m', NULL, NULL)");
        _estimate = Prepare("INSERT INTO call_estimates (model, id, actual, cold, input, input_low, input_high, expected_cache_read) VALUES (?2, ?1, ?3, ?3, ?3, ?3, ?3, ?3)");
        _break = Prepare($"INSERT INTO cache_breaks VALUES (?1, NULL, ?2, 0, 3, 4, {FirstReason - 1}, NULL, NULL, ?3, ?3, ?3 * 2700, 400000000)");
        _verdict = Prepare("INSERT INTO cache_verdicts VALUES (?1, ?2, ?3)");
    }

    /// <summary>Adds what is known of a call.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="key">Its key.</param>
    /// <param name="model">Its model.</param>
    /// <param name="random">Whence the figures come.</param>
    public void Add(int number, ReadOnlySpan<byte> key, int model, Random random)
    {
        var turn = number % Turns;
        AddNode(NodeOf(number) + 1, isFirst: turn == 0, turn == 0 ? (PromptLevel.System, PromptRole.System, 0) : (PromptLevel.Messages, PromptRole.Assistant, (2 * turn) - 1));
        AddNode(NodeOf(number) + BlocksPerTurn, isFirst: false, (PromptLevel.Messages, PromptRole.User, 2 * turn));

        Step(_prompt, key, (2, NodeOf(number) + BlocksPerTurn), (3, (turn + 1L) * BlocksPerTurn), (4, (number / Turns) + 1L));
        Step(_estimate, key, (2, model), (3, random.Next(50_000)));
        var reason = FirstReason + random.Next(Reasons.Length);
        if (random.Next(CallsPerBreak) == 0)
        {
            Step(_break, key, (2, reason), (3, random.Next(1, 40_000)));
        }

        if (random.Next(CallsPerVerdict) == 0)
        {
            Step(_verdict, key, (2, reason), (3, random.Next(1, 40_000)));
        }
    }

    public void Dispose()
    {
        _node.Dispose();
        _prompt.Dispose();
        _estimate.Dispose();
        _break.Dispose();
        _verdict.Dispose();
    }

    private static long NodeOf(int number) => (long)number * BlocksPerTurn;

    private void AddNode(long id, bool isFirst, (PromptLevel Level, PromptRole Role, int Message) place) => Step(
        _node, default, (1, id), (2, isFirst ? null : id - 1), (3, (long)place.Level), (4, (long)place.Role), (5, place.Message));

    private sqlite3_stmt Prepare(string sql)
    {
        BigLedger.Check(raw.sqlite3_prepare_v2(_database, sql, out var statement), _database);
        return statement;
    }

    private void Step(sqlite3_stmt statement, ReadOnlySpan<byte> key, params ReadOnlySpan<(int Index, long? Value)> values)
    {
        if (!key.IsEmpty)
        {
            raw.sqlite3_bind_blob(statement, 1, key);
        }

        foreach (var (index, value) in values)
        {
            _ = value is { } known ? raw.sqlite3_bind_int64(statement, index, known) : raw.sqlite3_bind_null(statement, index);
        }

        raw.sqlite3_step(statement);
        BigLedger.Check(raw.sqlite3_reset(statement), _database);
    }
}
