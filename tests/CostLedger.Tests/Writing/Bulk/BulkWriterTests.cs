using System.Diagnostics;
using CostLedger.Records;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using CostLedger.Writing;
using CostLedger.Writing.Bulk;
using Xunit;

namespace CostLedger.Tests.Writing.Bulk;

public sealed class BulkWriterTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BulkWriter.GroupSize)]
    [InlineData((BulkWriter.MostOnTheWay * 3) + 1)]
    public async Task All_records_are_in_the_ledger_when_the_caller_goes_on(int count)
    {
        await using var ledger = Open(TimeSpan.FromMinutes(1));
        var bulk = ledger.BeginBulk();

        AddTo(bulk, 0, count);

        Assert.Equal(WriteOutcome.Committed, count % 2 == 0 ? await bulk.CompleteAsync() : bulk.Complete());
        Assert.Equal(count, _folder.ReadAll().Count);
        Assert.Equal(count, ledger.Statistics.Written);
        Assert.True(ledger.Statistics.Commits <= 1 + (count / 16), $"{ledger.Statistics.Commits} transactions for {count} records");
    }

    [Fact]
    public async Task More_can_come_after_a_wait()
    {
        await using var ledger = Open(TimeSpan.FromMinutes(1));
        var bulk = ledger.BeginBulk();
        AddTo(bulk, 0, 5);
        Assert.Equal(WriteOutcome.Committed, await bulk.CompleteAsync());

        AddTo(bulk, 5, 5);

        Assert.Equal(WriteOutcome.Committed, await bulk.CompleteAsync());
        Assert.Equal(10, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task Reading_again_is_a_success_and_stores_nothing()
    {
        await using var ledger = Open(TimeSpan.FromMinutes(1));
        for (var reading = 0; reading < 3; reading++)
        {
            var bulk = ledger.BeginBulk();
            AddTo(bulk, 0, 300, key: reading * 1_000);
            Assert.Equal(WriteOutcome.Committed, await bulk.CompleteAsync());
        }

        Assert.Equal(300, _folder.ReadAll().Count);
        Assert.Equal(300, ledger.Statistics.Written);
    }

    [Fact]
    public async Task Several_processes_that_read_the_same_results_at_once_store_each_once()
    {
        const int Count = 1_500;
        SqliteLedger[] ledgers = [Open(TimeSpan.FromMinutes(1)), Open(TimeSpan.FromMinutes(1)), Open(TimeSpan.FromMinutes(1))];

        var outcomes = await Task.WhenAll(ledgers.Select((ledger, reader) => Task.Run(async () =>
        {
            var bulk = ledger.BeginBulk();
            AddTo(bulk, 0, Count, key: reader * Count);
            return await bulk.CompleteAsync();
        })));
        foreach (var ledger in ledgers)
        {
            await ledger.DisposeAsync();
        }

        Assert.Equal([WriteOutcome.Committed, WriteOutcome.Committed, WriteOutcome.Committed], outcomes);
        Assert.Equal(Count, _folder.ReadAll().Count);
        Assert.Equal(Count, ledgers.Sum(ledger => ledger.Statistics.Written));
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM calls WHERE id NOT IN (SELECT id FROM call_details)"));
    }

    [Fact]
    public async Task A_locked_ledger_keeps_nobody_longer_than_its_bound_and_all_comes_later()
    {
        // Long enough that a busy machine's pauses are short beside it.
        var bound = TimeSpan.FromSeconds(1);
        const int Count = BulkWriter.MostOnTheWay * 8;
        await using var ledger = Open(bound);
        var bulk = ledger.BeginBulk();
        var slowest = TimeSpan.Zero;
        var begun = Stopwatch.GetTimestamp();
        using (_folder.LockOut())
        {
            for (var i = 0; i < Count; i++)
            {
                var before = Stopwatch.GetTimestamp();
                AddTo(bulk, i, 1);
                var took = Stopwatch.GetElapsedTime(before);
                slowest = took > slowest ? took : slowest;
            }

            Assert.True(await bulk.CompleteAsync() is WriteOutcome.Spooled or WriteOutcome.Queued);
        }

        // Far more groups than are let on their way came, and each could have waited for the bound.
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, bound * 10);
        Assert.InRange(slowest, TimeSpan.Zero, bound * 4);
        await Until(() => _folder.Beside(LedgerPaths.SpoolMark).Count == 0 && ledger.Statistics.Waiting == 0);
        Assert.Equal(Count, _folder.ReadAll().Count);
        Assert.Equal((0, Count), (ledger.Statistics.Lost, ledger.Statistics.Written + ledger.Statistics.Replayed));
    }

    [Fact]
    public async Task Where_nobody_waits_the_records_come_later()
    {
        await using (var ledger = SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { WriteInBackground = true }))
        {
            var bulk = ledger.BeginBulk();
            AddTo(bulk, 0, 1_000);
            Assert.Equal((WriteOutcome.Queued, WriteOutcome.Queued), (await bulk.CompleteAsync(), bulk.Complete()));
        }

        Assert.Equal(1_000, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task After_the_ledger_was_closed_records_wait_in_the_spool()
    {
        var ledger = Open(TimeSpan.FromSeconds(1));
        var bulk = ledger.BeginBulk();
        await ledger.DisposeAsync();

        AddTo(bulk, 0, 200);

        Assert.Equal(WriteOutcome.Spooled, bulk.Complete());
        await using (Open(TimeSpan.FromSeconds(1)))
        {
            Assert.Equal(200, _folder.ReadAll().Count);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void AddTo(IBulkWriter bulk, int from, int count, int key = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            bulk.Add(SomeCalls.Simple(key + i) with { Operation = Operation.BatchResult, BatchId = "msgbatch_1", CustomId = $"request-{i}" });
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SqliteLedger Open(TimeSpan bound) => SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { MaxCallerWait = bound });
}
