using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Rows.Tables;

public sealed class LimitWriterTests : IDisposable
{
    private const string Points =
        "SELECT group_concat(line, ' ') FROM (SELECT kind || '=' || ifnull(max_value, '-') || '/' || ifnull(lowest, '-') || '/' || ifnull(remaining, '-') || '/' || observed_us || '/' || ifnull(resets_us, '-') AS line FROM limit_points JOIN limit_series ON id = series ORDER BY kind, minute)";

    private static readonly DateTimeOffset Minute = DateTimeOffset.FromUnixTimeSeconds(60L * 29_000_000);

    private readonly LedgerFolder _folder = new();

    [Fact]
    public void A_minute_keeps_the_lowest_and_what_was_told_last()
    {
        Store([Call(10, 70, resets: 18), Call(20, 30, resets: 42), Call(30, 55, resets: 27)]);

        Assert.Equal($"requests=100/30/55/{Us(30)}/{Us(57)}", _folder.Text(Points));
    }

    [Fact]
    public void What_is_stored_twice_and_in_any_order_is_stored_once()
    {
        var random = new Random(7);
        for (var round = 0; round < 30; round++)
        {
            using var inOrder = new LedgerFolder();
            using var shuffled = new LedgerFolder();
            var calls = Enumerable.Range(0, 40)
                .Select(_ => Call(random.Next(180) + (random.Next(1_000_000) / 1e6), random.Next(101), random.Next(60), seed: random.Next()))
                .ToList();
            Store(inOrder, calls);

            Store(shuffled, [.. calls.Concat(calls.Take(20)).OrderBy(_ => random.Next())]);
            Store(shuffled, calls.Take(10));

            Assert.Equal(inOrder.Text(Points), shuffled.Text(Points));
        }
    }

    [Fact]
    public void The_same_told_again_within_a_second_is_not_written_again()
    {
        Store([Call(10, 70), Call(10.4, 70), Call(11.2, 70)]);

        Assert.Equal($"requests=100/70/70/{Us(11.2)}/-", _folder.Text(Points));
        Store([Call(12, 70), Call(12.4, 70)]);
        Assert.Equal($"requests=100/70/70/{Us(12)}/-", _folder.Text(Points));
    }

    [Fact]
    public void A_limit_belongs_to_provider_host_scope_and_the_model_that_was_asked_for()
    {
        var call = Call(0, 5);
        Store(
        [
            call,
            call with { Id = Id(1), ModelServed = "claude-opus-5-20260101" },
            call with { Id = Id(2), ModelRequested = "claude-haiku-4-5" },
            call with { Id = Id(3), Host = "gateway.example" },
            call with { Id = Id(4), LimitScope = "org-1" },
            call with { Id = Id(5), Provider = Provider.Vertex },
            call with { Id = Id(6), Host = null, ModelRequested = null },
        ]);

        Assert.Equal(6, _folder.Number("SELECT count(*) FROM limit_series"));
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM limit_series WHERE host = 0 AND scope = 0 AND model = 0"));
    }

    [Fact]
    public void Other_operations_have_limits_of_their_own()
    {
        Store([Call(0, 5), Call(1, 3) with { Operation = Operation.CountTokens }, Call(2, 1) with { Operation = Operation.BatchCreate }]);

        Assert.Equal("batch_create:requests count_tokens:requests requests", _folder.Text("SELECT group_concat(kind, ' ') FROM (SELECT kind FROM limit_series ORDER BY kind)"));
    }

    [Fact]
    public void A_limit_without_figures_is_not_stored()
    {
        Store([Call(0, 5) with { RateLimits = [new RateLimit("unified-5h", null, null, Minute), new RateLimit("tokens", null, 4, null)] }]);

        Assert.Equal($"tokens=-/4/4/{Us(0)}/-", _folder.Text(Points));
    }

    [Fact]
    public void A_response_is_dated_by_its_headers()
    {
        Store([Call(58, 5) with { Timing = new CallTiming { Headers = TimeSpan.FromSeconds(4), Total = TimeSpan.FromMinutes(9) } }]);

        Assert.Equal($"requests=100/5/5/{Us(62)}/-", _folder.Text(Points));
    }

    [Fact]
    public void Series_of_a_rolled_back_transaction_are_stored_again()
    {
        using (var store = Open(_folder))
        {
            Assert.True(store.TryBegin());
            store.Put(Call(0, 5), 1);
            store.Rollback();
            Assert.True(store.TryBegin());
            store.Put(Call(0, 5), 1);
            store.Commit();
        }

        Assert.Equal($"requests=100/5/5/{Us(0)}/-", _folder.Text(Points));
    }

    public void Dispose() => _folder.Dispose();

    private static long Us(double seconds) => ((Minute - DateTimeOffset.UnixEpoch).Ticks / 10) + (long)Math.Round(seconds * 1_000_000);

    private static CallId Id(double seconds, int seed = 1) => CallId.Create(Minute.AddMicroseconds(Math.Round(seconds * 1_000_000)), (UInt128)seed);

    private static CallRecord Call(double seconds, long remaining, double? resets = null, int seed = 1) => SomeCalls.Simple() with
    {
        Id = Id(seconds, seed),
        ModelServed = null,
        Timing = new CallTiming(),
        RateLimits = [new RateLimit("requests", 100, remaining, resets is { } after ? Minute.AddMicroseconds(Math.Round((seconds + after) * 1_000_000)) : null)],
    };

    private static LedgerStore Open(LedgerFolder folder) => LedgerStore.Open(folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);

    private static void Store(LedgerFolder folder, IEnumerable<CallRecord> records)
    {
        using var store = Open(folder);
        Assert.True(store.TryBegin());
        foreach (var record in records)
        {
            store.Put(record, 1);
        }

        store.Commit();
    }

    private void Store(IEnumerable<CallRecord> records) => Store(_folder, records);
}
