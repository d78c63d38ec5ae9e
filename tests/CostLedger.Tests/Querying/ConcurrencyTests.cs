using CostLedger.Querying;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Scanning;
using CostLedger.Querying.Summing;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Querying;

public sealed class ConcurrencyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Questions_and_a_writer_never_hinder_each_other()
    {
        using var ledger = new TestLedger();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => WritePairs(ledger, stop.Token), TestContext.Current.CancellationToken);
        using var reader = ledger.Read();
        var last = 0L;

        while (last < 200 && !writing.IsCompleted)
        {
            var totals = reader.Usage(new CallFilter(), [new Grouping(GroupKind.Day)], TimeZoneInfo.Utc).Totals;

            // Every transaction adds one attempt to each of two days, with tokens that cancel each other out.
            Assert.Equal(0, totals.Attempts % 2);
            Assert.Equal(0, totals.InputTokens);
            Assert.True(totals.Attempts >= last);
            last = totals.Attempts;
            Assert.Equal(0, reader.Calls(new CallFilter()).Sum(r => r.Usage?.InputTokens ?? 0));
        }

        await stop.CancelAsync();
        Assert.InRange(await writing, 100, int.MaxValue);
    }

    [Fact]
    public async Task Connections_that_share_a_question_see_the_same_state()
    {
        using var ledger = new TestLedger();
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => WritePairs(ledger, stop.Token), TestContext.Current.CancellationToken);
        using var main = LedgerConnection.OpenForReading(ledger.Path);
        var together = 0;

        for (var i = 0; i < 50; i++)
        {
            using var group = ReaderGroup.Begin(main, 3);
            together += group.Connections.Count > 1 ? 1 : 0;
            Assert.Single(group.Connections.Select(c => c.Scalar("SELECT count(*) FROM calls")).Distinct());
        }

        await stop.CancelAsync();
        await writing;
        using var quiet = ReaderGroup.Begin(main, 3);
        Assert.Equal(4, quiet.Connections.Count);
        Assert.InRange(together, 0, 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_that_share_a_question_get_the_same_sums(int threads)
    {
        var records = new SomeCalls(17).Between(Start, Start.AddDays(20), 1000);
        using var ledger = TestLedger.With(records);
        using var main = LedgerConnection.OpenForReading(ledger.Path);
        using var group = ReaderGroup.Begin(main, threads - 1);
        var range = ScanRange.Of(main, default, Selection.End);

        var sums = new UsageSums();
        foreach (var part in ParallelScan.Run(
            group.Connections, range, c => new UsageScan(c, Selection.All, [Dimension.Of(TimeUnit.Day), new("c.model")], TimeZoneInfo.Utc)))
        {
            sums.Take(part);
        }

        var expected = UsageOracle.Usage(records, new CallFilter(), [new(GroupKind.Day), new(GroupKind.Model)], TimeZoneInfo.Utc);
        Assert.Equal(threads, group.Connections.Count);
        Assert.Equal(
            expected.Groups.Select(g => (g.Totals.Attempts, g.Totals.Cost.Total)).Order(),
            sums.Groups.Groups.Select(g => (g.Value.Attempts, g.Value.Cost.Total)).Order());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(79_999, 1)]
    [InlineData(100_000_000, 2)]
    public void Few_rows_are_not_worth_a_thread(long rows, int atLeast)
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "there is one processor");

        Assert.InRange(ParallelScan.ThreadsFor(rows), atLeast, atLeast == 1 ? 1 : Environment.ProcessorCount);
    }

    [Fact]
    public void A_failure_in_a_thread_is_thrown_as_it_is()
    {
        using var ledger = TestLedger.With(new SomeCalls(18).Between(Start, Start.AddDays(2), 100));
        ledger.Execute("UPDATE calls SET cost_basis = 1, cost_input = 9223372036854775807");
        using var main = LedgerConnection.OpenForReading(ledger.Path);
        using var group = ReaderGroup.Begin(main, 1);
        var range = ScanRange.Of(main, default, Selection.End);

        Assert.Throws<OverflowException>(
            () => ParallelScan.Run(group.Connections, range, c => new UsageScan(c, Selection.All, [], TimeZoneInfo.Utc)));
    }

    [Fact]
    public async Task A_question_waits_while_the_file_is_locked()
    {
        using var ledger = TestLedger.With(new SomeCalls(19).Between(Start, Start.AddDays(1), 5));
        ledger.Execute("PRAGMA journal_mode = DELETE");
        ledger.Execute("BEGIN EXCLUSIVE");
        using var begun = new ManualResetEventSlim();

        var asked = Task.Run(
            () =>
            {
                begun.Set();
                using var reader = ledger.Read();
                return reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals.Attempts;
            },
            TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        ledger.Execute("COMMIT");

        Assert.Equal(5, await asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_busy_ledger_is_asked_again_until_it_is_free(int busy)
    {
        var attempts = 0;

        var result = LedgerConnection.Patiently(() => attempts++ < busy ? SQLitePCL.raw.SQLITE_BUSY_SNAPSHOT : SQLitePCL.raw.SQLITE_OK);

        Assert.Equal(SQLitePCL.raw.SQLITE_OK, result);
        Assert.Equal(busy + 1, attempts);
    }

    private static int WritePairs(TestLedger ledger, CancellationToken stop)
    {
        var calls = new SomeCalls(13);
        var pairs = 0;
        for (; !stop.IsCancellationRequested; pairs++)
        {
            ledger.Write(
            [
                calls.At(Start) with { Operation = Operation.Messages, Usage = new TokenUsage { InputTokens = pairs } },
                calls.At(Start.AddDays(1)) with { Operation = Operation.Messages, Usage = new TokenUsage { InputTokens = -pairs } },
            ]);
        }

        return pairs;
    }
}
