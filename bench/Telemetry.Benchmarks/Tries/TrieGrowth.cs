using System.Diagnostics;
using System.Text;
using CostLedger;
using CostLedger.Writing;
using Microsoft.Data.Sqlite;
using Telemetry.Benchmarks.Ledger;
using Telemetry.Benchmarks.Tokens;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Telemetry.Handler.Segments.Tries;
using Telemetry.Handler.Tokens;

namespace Telemetry.Benchmarks.Tries;

/// <summary>What a turn of a long conversation costs, beside counting and storing all of it in every turn; and memory under many conversations.</summary>
internal static class TrieGrowth
{
    private const int Turns = 200;
    private const int Window = 20;
    private const int Conversations = 10_000;
    private const int TurnsOfEach = 3;

    private static readonly byte[] Key = Encoding.UTF8.GetBytes("a key for the benchmark, nothing");

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("trie-growth").FullName;
        try
        {
            var text = string.Concat(Corpora.All().First().Documents.Select(Encoding.UTF8.GetString));
            var bodies = Bodies(text);
            await MeasureTrie(Path.Combine(folder, "warm-up.db"), bodies[..Window]);
            MeasureNaive(Path.Combine(folder, "naive-warm-up.db"), bodies[..Window]);
            Print("trie", await MeasureTrie(Path.Combine(folder, "ledger.db"), bodies));
            Print("all in every turn", MeasureNaive(Path.Combine(folder, "naive.db"), bodies));
            MeasureMemory(text, PromptTrie.DefaultMemoryBytes);
            MeasureMemory(text, PromptTrie.DefaultMemoryBytes / 16);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<byte[]> Bodies(string text)
    {
        var conversation = new Conversation(text, seed: 1);
        return [.. Enumerable.Range(0, Turns).Select(_ => conversation.NextTurn())];
    }

    private static async Task<List<Turn>> MeasureTrie(string path, List<byte[]> bodies)
    {
        var counter = new Counter(TokenCounter.O200kBase);
        using var trie = new PromptTrie(Key, PromptTrie.DefaultMemoryBytes, TimeProvider.System);
        await using var ledger = SqliteLedger.Open(path);
        using var look = Look(path);
        var turns = new List<Turn>();
        foreach (var body in bodies)
        {
            var (rows, size) = (Rows(look, "prompt_nodes"), Size(look));
            var record = SomeCall.Create(DateTimeOffset.UtcNow);
            var begun = Stopwatch.GetTimestamp();
            using var reading = trie.Read(body, counter, 0);
            var read = Stopwatch.GetElapsedTime(begun);
            var told = record with { Prompt = reading.Path };
            var outcome = await ledger.WriteAsync(told, default);
            trie.Confirm(reading.Path!, outcome);
            var time = Stopwatch.GetElapsedTime(begun);
            turns.Add(new Turn(
                time.TotalMicroseconds,
                (time - read).TotalMicroseconds,
                body.Length,
                reading.CountedBytes,
                Rows(look, "prompt_nodes") - rows,
                Size(look) - size));
        }

        return turns;
    }

    private static List<Turn> MeasureNaive(string path, List<byte[]> bodies)
    {
        using var store = new NaivePrompts(path);
        using var look = Look(path);
        using var hasher = new SegmentHasher(Key);
        using var reader = new SegmentReader(hasher);
        var prompt = new SegmentedPrompt();
        var turns = new List<Turn>();
        foreach (var body in bodies)
        {
            var counter = new Counter(TokenCounter.O200kBase);
            var (rows, size) = (Rows(look, "segments"), Size(look));
            var begun = Stopwatch.GetTimestamp();
            reader.Read(body, prompt, counter);
            var read = Stopwatch.GetElapsedTime(begun);
            store.Write(prompt.Segments);
            var time = Stopwatch.GetElapsedTime(begun);
            turns.Add(new Turn(time.TotalMicroseconds, (time - read).TotalMicroseconds, body.Length, counter.Bytes, Rows(look, "segments") - rows, Size(look) - size));
        }

        return turns;
    }

    private static void MeasureMemory(string text, long bytes)
    {
        using var trie = new PromptTrie(Key, bytes, TimeProvider.System);
        var counter = new Counter(TokenCounter.O200kBase);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Conversations; i++)
        {
            var conversation = new Conversation(text, i);
            for (var turn = 0; turn < TurnsOfEach; turn++)
            {
                using var reading = trie.Read(conversation.NextTurn(userBytes: 200, answerBytes: 300), counter, 0);
                trie.Confirm(reading.Path!, WriteOutcome.Committed);
            }
        }

        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(FormattableString.Invariant(
            $"{Conversations:N0} conversations of {TurnsOfEach} turns: {memory / 1e6:0.0} MB held, the option allows {bytes / 1e6:0.0}; {trie.Memory.KnownSegments:N0} segments and {trie.Memory.KnownNodes:N0} nodes known; {Stopwatch.GetElapsedTime(begun).TotalMicroseconds / (Conversations * TurnsOfEach):0} us a turn"));
    }

    private static void Print(string name, List<Turn> turns)
    {
        foreach (var from in (int[])[1, (Turns - Window) / 2, Turns - Window])
        {
            var some = turns.Skip(from).Take(Window).ToList();
            Console.WriteLine(FormattableString.Invariant(
                $"{name,-18} turns {from + 1,3} to {from + Window,3}: request {some.Average(t => t.Body) / 1e3,5:0} KB, {some.Min(t => t.Us),6:0} us at best (of it storing {some.Min(t => t.StoreUs),5:0} us), tokenized {some.Average(t => t.Counted),9:0} B, {some.Average(t => t.Rows),6:0.0} rows, {some.Average(t => t.Ledger),8:0} B of ledger"));
        }
    }


    private static SqliteConnection Look(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static long Rows(SqliteConnection look, string table) => Number(look, $"SELECT count(*) FROM {table}");

    // Whole pages: of the ledger, with the call's own rows; an average over turns tells.
    private static long Size(SqliteConnection look) => Number(look, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");

    private static long Number(SqliteConnection look, string sql)
    {
        using var command = look.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private sealed record Turn(double Us, double StoreUs, int Body, long Counted, long Rows, long Ledger);

    private sealed class Counter(TokenCounter tokens) : ISegmentCounter
    {
        public long Bytes { get; private set; }

        public int Count(in Segment segment, ReadOnlySpan<byte> text)
        {
            Bytes += text.Length;
            return tokens.Count(text);
        }
    }
}
