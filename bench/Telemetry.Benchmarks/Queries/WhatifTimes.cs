using System.Diagnostics;
using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Querying.Traffic;
using CostLedger.Records;
using CostReport.Cli.Times;
using CostReport.Cli.Whatifs.Answering;
using CostReport.Cli.Whatifs.Assuming;
using SQLitePCL;
using Telemetry.Handler.Caching.Replaying;
using Telemetry.Handler.Segments;

namespace Telemetry.Benchmarks.Queries;

/// <summary>How long <c>costreport whatif</c> takes over a ledger of a million calls with prompts: conversations of fifty turns, two blocks a turn.</summary>
internal static class WhatifTimes
{
    private const int TurnsOfConversation = 50;
    private const int Calls = 1_000_000;

    /// <summary>Makes the ledger where it is missing, asks, and prints times and memory.</summary>
    public static void Run(string path)
    {
        if (!File.Exists(path))
        {
            BigLedger.Create(path, Calls);
            AddPrompts(path);
        }

        var prices = PriceBook.Default;
        var model = new TargetModel("claude-opus-4-6", prices.Match("claude-opus-4-6").Row!);
        Print(path, "--ttl 1h", new Assumption { Lifetime = CacheLifetime.OneHour });
        Print(path, "--breakpoints tools,last", new Assumption { Breakpoints = BreakpointPlaces.Tools | BreakpointPlaces.Last });
        Print(path, "--model, another tokenizer", new Assumption { Model = model });
        Print(path, "--no-cache", new Assumption { NoCache = true });
        Print(path, "--batch --geo us", new Assumption { Batch = true, Geo = "us" });
    }

    private static void Print(string path, string name, Assumption assumption)
    {
        using var reader = LedgerReader.Open(path);
        var groups = new Grouper([], new Period(null, null, BigLedger.End, TimeZoneInfo.Utc));
        var begun = Stopwatch.GetTimestamp();
        var traffic = reader.Traffic(new CallFilter(), assumption.NeedsReplay ? WhatifEngine.Before : null);
        var read = Stopwatch.GetElapsedTime(begun);
        var answer = new WhatifEngine(PriceBook.Default, assumption).Answer(traffic, groups);
        var time = Stopwatch.GetElapsedTime(begun);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{name,-28} {time.TotalSeconds,6:N2} s (tree {read.TotalSeconds:N2} s)   {answer.Totals.Calls:N0} calls, {answer.Replay?.Calls ?? 0:N0} played, {answer.Totals.Dearer:N0} dearer   most memory {process.PeakWorkingSet64 >> 20:N0} MiB");
    }

    // Opening it for reading brings its schema up to date.
    private static void AddPrompts(string path)
    {
        var ids = new List<CallId>(Calls);
        using (var reader = LedgerReader.Open(path))
        {
            ids.AddRange(reader.Traffic(new CallFilter(), before: null).Calls.Select(call => call.Id));
        }

        Check(raw.sqlite3_open(path, out var database), database);
        Run(database, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN");
        Check(raw.sqlite3_prepare_v2(database, "INSERT INTO prompt_nodes VALUES (?1, randomblob(16), ?2, 1, randomblob(16), 3, 3, 2, 0, 0, 2000, 1950, 480, NULL)", out var node), database);
        Check(raw.sqlite3_prepare_v2(database, "INSERT INTO call_prompts VALUES (?1, ?2, ?3, ?4, NULL, ?3 || ':5m', NULL, NULL)", out var prompt), database);
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        for (var i = 0; i < ids.Count; i++)
        {
            var turn = i % TurnsOfConversation;
            for (var block = 1; block <= 2; block++)
            {
                Step(database, node, (1, (2L * i) + block), (2, turn == 0 && block == 1 ? null : (2L * i) + block - 1));
            }

            ids[i].WriteBytes(key);
            raw.sqlite3_bind_blob(prompt, 1, key);
            Step(database, prompt, (2, (2L * i) + 2), (3, (turn + 1) * 2L), (4, (i / TurnsOfConversation) + 1L));
        }

        node.Dispose();
        prompt.Dispose();
        Run(database, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        database.Dispose();
    }

    private static void Step(sqlite3 database, sqlite3_stmt statement, params ReadOnlySpan<(int Index, long? Value)> values)
    {
        foreach (var (index, value) in values)
        {
            _ = value is { } known ? raw.sqlite3_bind_int64(statement, index, known) : raw.sqlite3_bind_null(statement, index);
        }

        raw.sqlite3_step(statement);
        Check(raw.sqlite3_reset(statement), database);
    }

    private static void Run(sqlite3 database, string sql) => Check(raw.sqlite3_exec(database, sql), database);

    private static void Check(int result, sqlite3 database)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
        }
    }
}
