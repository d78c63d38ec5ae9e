using CostLedger.Records;
using CostLedger.Rows;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using CostLedger.Writing;
using Testing;
using Xunit;

namespace CostLedger.Tests.Writing;

public sealed class WriteTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public async Task A_record_is_in_the_ledger_when_its_caller_goes_on()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var ticket = ledger.Begin(SomeCalls.Simple());

        Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(SomeCalls.Simple(), ticket));

        Assert.Equal(SomeCalls.Simple().Id, Assert.Single(_folder.ReadAll()).Id);
    }

    [Fact]
    public async Task A_caller_that_cannot_await_gets_the_same()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);

        Assert.Equal(WriteOutcome.Committed, ledger.Write(SomeCalls.Simple(), default));

        Assert.Single(_folder.ReadAll());
    }

    [Fact]
    public async Task Commits_that_survive_power_loss_are_made_by_the_writers_thread_alone()
    {
        await using var ledger = SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { SurvivePowerLoss = true, MaxCallerWait = TimeSpan.FromMinutes(1) });

        Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(SomeCalls.Simple(1), default));
        Assert.Equal(WriteOutcome.Committed, ledger.Write(SomeCalls.Simple(2), default));

        Assert.Equal(2, _folder.ReadAll().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sixty_four_callers_at_once_lose_and_double_nothing(bool survivePowerLoss)
    {
        const int Each = 50;
        await using (var ledger = SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { SurvivePowerLoss = survivePowerLoss, MaxCallerWait = TimeSpan.FromMinutes(1) }))
        {
            var callers = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    var call = SomeCalls.Simple((caller * Each) + i);
                    var outcome = i % 2 == 0
                        ? await ledger.WriteAsync(call, ledger.Begin(call))
                        : ledger.Write(call, ledger.Begin(call));
                    Assert.Equal(WriteOutcome.Committed, outcome);
                }
            }));
            await Task.WhenAll(callers);

            Assert.Equal(64 * Each, ledger.Statistics.Written);
            Assert.True(ledger.Statistics.Commits <= ledger.Statistics.Written);
            Assert.Equal(0, ledger.Statistics.Unnoted);
        }

        Assert.Equal(64 * Each, _folder.Number("SELECT count(*) FROM calls"));
        Assert.Equal(64 * Each, _folder.Number("SELECT count(*) FROM call_details"));
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
        Assert.Empty(_folder.Beside(LedgerPaths.SpoolMark));
        Assert.Empty(_folder.Beside(LedgerPaths.InFlightMark));
    }

    [Fact]
    public async Task What_waits_is_stored_in_one_transaction_and_in_its_order()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var locked = _folder.LockOut();
        var writes = Enumerable.Range(1, 300).Select(i => ledger.WriteAsync(Form(i), default).AsTask()).ToList();
        Assert.Equal(300, ledger.Statistics.Waiting);

        locked.Dispose();
        var outcomes = await Task.WhenAll(writes);

        Assert.All(outcomes, outcome => Assert.Equal(WriteOutcome.Committed, outcome));
        Assert.InRange(ledger.Statistics.Commits, 1, 2);
        Assert.Equal("form 300", Assert.Single(_folder.ReadAll()).StopReason);

        static CallRecord Form(int i) => SomeCalls.Simple() with { StopReason = $"form {i}" };
    }

    [Fact]
    public async Task A_caller_that_does_not_want_to_wait_does_not()
    {
        await using (var ledger = SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { WriteInBackground = true }))
        {
            using (_folder.LockOut())
            {
                Assert.Equal(WriteOutcome.Queued, await ledger.WriteAsync(SomeCalls.Simple(1), default));
                Assert.Equal(WriteOutcome.Queued, ledger.Write(SomeCalls.Simple(2), default));
            }
        }

        Assert.Equal(2, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task A_record_written_after_the_end_is_taken_in_at_the_next_start()
    {
        var ledger = PatientLedger.Open(_folder.Ledger);
        await ledger.DisposeAsync();
        await ledger.DisposeAsync();

        Assert.Equal(WriteOutcome.Spooled, await ledger.WriteAsync(SomeCalls.Simple(1), default));
        Assert.Equal(WriteOutcome.Spooled, ledger.Write(SomeCalls.Simple(2), default));
        Assert.Equal(default, ledger.Begin(SomeCalls.Simple(3)));

        await using var next = PatientLedger.Open(_folder.Ledger);
        Assert.Equal(2, next.Statistics.Replayed);
        Assert.Equal(2, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task Calls_in_flight_at_the_end_are_interrupted_at_the_next_start()
    {
        await using (var ledger = PatientLedger.Open(_folder.Ledger))
        {
            var ticket = ledger.Begin(SomeCalls.Simple());
            ledger.Update(ticket, SomeCalls.Simple() with { MessageId = "msg_1" });
        }

        await using var next = PatientLedger.Open(_folder.Ledger);

        Assert.Equal(1, next.Statistics.Interrupted);
        var record = Assert.Single(_folder.ReadAll());
        Assert.Equal((CallOutcome.Interrupted, "msg_1"), (record.Outcome, record.MessageId));
    }

    [Fact]
    public async Task The_price_files_of_stored_costs_are_in_the_ledger()
    {
        var content = "{\"prices\":[]}"u8.ToArray();
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        ledger.Keep("2026-11-20", content);
        ledger.Keep("2026-11-20", content);

        await ledger.WriteAsync(SomeCalls.Simple() with { Cost = new CallCost { Basis = CostBasis.Unbilled, PriceVersion = "2026-11-20" } }, default);

        using var connection = _folder.Connect();
        Assert.Equal(content, LedgerStore.ReadPriceBook(connection, "2026-11-20"));
    }

    [Fact]
    public async Task Two_ledgers_of_one_process_share_a_file()
    {
        await using var first = PatientLedger.Open(_folder.Ledger);
        await using var second = PatientLedger.Open(_folder.Ledger);

        var writes = Enumerable.Range(0, 100).Select(i => Task.Run(async () => await (i % 2 == 0 ? first : second).WriteAsync(SomeCalls.Simple(i), default)));
        await Task.WhenAll(writes);

        Assert.Equal(100, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task An_undisturbed_write_allocates_next_to_nothing()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var calls = Enumerable.Range(0, 300).Select(SomeCalls.Simple).ToList();
        foreach (var call in calls)
        {
            ledger.Write(call, ledger.Begin(call));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var call in calls)
        {
            ledger.Write(call, ledger.Begin(call));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300 * 1_024);
    }

    [Fact]
    public void The_default_path_is_the_environments_or_a_folder_of_the_user()
    {
        var before = Environment.GetEnvironmentVariable("COSTLEDGER_PATH");
        try
        {
            Environment.SetEnvironmentVariable("COSTLEDGER_PATH", "/somewhere/calls.db");
            Assert.Equal("/somewhere/calls.db", SqliteLedger.DefaultPath);
            Environment.SetEnvironmentVariable("COSTLEDGER_PATH", "");
            Assert.EndsWith(Path.Combine("costledger", "ledger.db"), SqliteLedger.DefaultPath, StringComparison.Ordinal);
            Assert.True(Path.IsPathRooted(SqliteLedger.DefaultPath));
        }
        finally
        {
            Environment.SetEnvironmentVariable("COSTLEDGER_PATH", before);
        }
    }

    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { MaxCallerWait = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { QueueCapacity = 0 }));
        Assert.False(File.Exists(_folder.Ledger));
    }

    public void Dispose() => _folder.Dispose();
}
