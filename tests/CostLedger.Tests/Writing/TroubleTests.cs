using System.Diagnostics;
using System.Text;
using CostLedger.Records;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using CostLedger.Writing;
using Testing;
using Xunit;

namespace CostLedger.Tests.Writing;

/// <summary>What happens when the ledger cannot be written in time, or at all.</summary>
public sealed class TroubleTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_locked_ledger_costs_a_caller_its_bound_and_the_record_comes_later_once()
    {
        await using var ledger = Open();
        var locked = _folder.LockOut();
        var write = ledger.WriteAsync(SomeCalls.Simple(), ledger.Begin(SomeCalls.Simple())).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(write.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(WriteOutcome.Spooled, await write);
        Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));

        locked.Dispose();
        await Until(() => _folder.Beside(LedgerPaths.SpoolMark).Count == 0);
        Assert.Equal(SomeCalls.Simple().Id, Assert.Single(_folder.ReadAll()).Id);
        Assert.Equal((0, 1, 1, 0), (ledger.Statistics.Written, ledger.Statistics.Spooled, ledger.Statistics.Replayed, ledger.Statistics.Lost));
    }

    [Fact]
    public async Task By_the_clock_on_the_wall_a_caller_waits_its_bound()
    {
        await using var ledger = SqliteLedger.Open(_folder.Ledger);
        using var locked = _folder.LockOut();

        var begun = Stopwatch.GetTimestamp();
        var outcome = ledger.Write(SomeCalls.Simple(1), default);
        var first = Stopwatch.GetElapsedTime(begun);
        var second = await ledger.WriteAsync(SomeCalls.Simple(2), default);

        // Not before four fifths of it. The upper figure leaves room for a machine with other things to do, and on such a machine
        // the spool may need more than the last fifth.
        Assert.All([outcome, second], one => Assert.True(one is WriteOutcome.Spooled or WriteOutcome.Queued));
        Assert.InRange(first, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_record_that_was_amended_while_spooled_ends_in_its_last_form()
    {
        await using var ledger = Open();
        var locked = _folder.LockOut();
        var first = ledger.WriteAsync(SomeCalls.Simple() with { StopReason = "first" }, default).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(WriteOutcome.Spooled, await first);

        var second = ledger.WriteAsync(SomeCalls.Simple() with { StopReason = "second" }, default).AsTask();
        locked.Dispose();

        Assert.Equal(WriteOutcome.Committed, await second);
        await Until(() => _folder.Beside(LedgerPaths.SpoolMark).Count == 0);
        Assert.Equal("second", Assert.Single(_folder.ReadAll()).StopReason);
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_does_not_confuse_first_and_last_forms()
    {
        await using var ledger = Open();
        await ledger.WriteAsync(SomeCalls.Simple() with { StopReason = "first" }, default);
        _time.Jump(TimeSpan.FromHours(-1));
        using (_folder.LockOut())
        {
            var second = ledger.WriteAsync(SomeCalls.Simple() with { StopReason = "second" }, default).AsTask();
            _time.Advance(TimeSpan.FromHours(2));
            Assert.Equal(WriteOutcome.Spooled, await second);
        }

        await Until(() => _folder.Beside(LedgerPaths.SpoolMark).Count == 0);
        Assert.Equal("second", Assert.Single(_folder.ReadAll()).StopReason);
    }

    [Fact]
    public async Task Where_the_spool_fails_too_the_record_stays_in_memory_and_its_caller_goes_on()
    {
        BlockSpool();
        await using var ledger = Open();
        var locked = _folder.LockOut();
        var write = ledger.WriteAsync(SomeCalls.Simple(), default).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.False(write.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(WriteOutcome.Queued, await write);

        locked.Dispose();
        await Until(() => ledger.Statistics.Waiting == 0);
        Assert.Single(_folder.ReadAll());
        Assert.Equal(0, ledger.Statistics.Lost);
    }

    [Fact]
    public async Task A_record_that_stayed_in_memory_is_spooled_as_soon_as_the_spool_works()
    {
        BlockSpool();
        await using var ledger = Open();
        var locked = _folder.LockOut();
        var write = ledger.WriteAsync(SomeCalls.Simple(), default).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(WriteOutcome.Queued, await write);

        foreach (var blocked in Directory.GetDirectories(_folder.Folder))
        {
            Directory.Delete(blocked);
        }

        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(1, ledger.Statistics.Spooled);
        locked.Dispose();
    }

    [Fact]
    public async Task A_full_queue_spools_and_without_a_spool_loses_and_says_so()
    {
        var options = new SqliteLedgerOptions { QueueCapacity = 2, TimeProvider = _time, WriteInBackground = true };
        await using var ledger = SqliteLedger.Open(_folder.Ledger, options);
        using var locked = _folder.LockOut();
        Assert.Equal(WriteOutcome.Queued, await ledger.WriteAsync(SomeCalls.Simple(1), default));
        Assert.Equal(WriteOutcome.Queued, await ledger.WriteAsync(SomeCalls.Simple(2), default));

        Assert.Equal(WriteOutcome.Spooled, await ledger.WriteAsync(SomeCalls.Simple(3), default));
        Assert.Equal(WriteOutcome.Spooled, ledger.Write(SomeCalls.Simple(4), default));
        Assert.Equal(2, ledger.Statistics.Spooled);

        locked.Dispose();
        await Until(() => ledger.Statistics.Waiting == 0 && _folder.Beside(LedgerPaths.SpoolMark).Count == 0);
        Assert.Equal(4, _folder.ReadAll().Count);
    }

    [Fact]
    public async Task What_is_nowhere_is_counted_and_named()
    {
        BlockSpool();
        var options = new SqliteLedgerOptions { QueueCapacity = 1, TimeProvider = _time, WriteInBackground = true };
        await using var ledger = SqliteLedger.Open(_folder.Ledger, options);
        using (_folder.LockOut())
        {
            await ledger.WriteAsync(SomeCalls.Simple(1), default);

            Assert.Equal(WriteOutcome.Lost, await ledger.WriteAsync(SomeCalls.Simple(2), default));
        }

        Assert.Equal(1, ledger.Statistics.Lost);
        Assert.Contains("Records were lost", Assert.Single(ledger.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_a_locked_ledger_ends_within_its_bound_and_spools()
    {
        var ledger = SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { DrainTimeout = TimeSpan.FromMilliseconds(1), WriteInBackground = true });
        using (_folder.LockOut())
        {
            Assert.Equal(WriteOutcome.Queued, await ledger.WriteAsync(SomeCalls.Simple(), default));
            await ledger.DisposeAsync();
            Assert.Equal(1, ledger.Statistics.Spooled);
        }

        await using var next = SqliteLedger.Open(_folder.Ledger);
        Assert.Equal(1, next.Statistics.Replayed);
        Assert.Single(_folder.ReadAll());
    }

    [Fact]
    public async Task A_ledger_damaged_while_running_is_moved_aside_and_the_record_stored_in_a_new_one()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        await ledger.WriteAsync(SomeCalls.Simple(1), default);
        using (var other = _folder.Connect())
        {
            LedgerFile.Execute(other, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (var file = new FileStream(_folder.Ledger, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(Encoding.UTF8.GetBytes(new string('x', (int)file.Length)));
        }

        // Another connection makes this one read the file again.
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _folder.Number("SELECT count(*) FROM calls"));
        var outcomes = new List<WriteOutcome>();
        for (var i = 2; i < 400 && ledger.Notices.Count == 0; i++)
        {
            outcomes.Add(await ledger.WriteAsync(SomeCalls.Arbitrary(i), default));
        }

        Assert.Contains("was damaged", ledger.Notices[0], StringComparison.Ordinal);
        Assert.Contains(_folder.Beside(LedgerPaths.CorruptMark)[0], ledger.Notices[0], StringComparison.Ordinal);
        Assert.DoesNotContain(WriteOutcome.Lost, outcomes);
        Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(SomeCalls.Simple(1_000), default));
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_ledger_deleted_while_running_is_begun_anew()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        ledger.Keep("v1", "{}"u8.ToArray());
        await ledger.WriteAsync(SomeCalls.Simple(1), default);
        foreach (var suffix in LedgerPaths.Suffixes)
        {
            File.Delete(_folder.Ledger + suffix);
        }

        Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(SomeCalls.Simple(2), default));

        Assert.Equal(SomeCalls.Simple(2).Id, Assert.Single(_folder.ReadAll()).Id);
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM price_books"));
        Assert.Contains("moved or deleted", Assert.Single(ledger.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_the_ledger_refuses_is_lost_alone()
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var refused = SomeCalls.Simple(2) with { Labels = new CallLabels { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = null! } } };
        var locked = _folder.LockOut();
        var writes = new[] { SomeCalls.Simple(1), refused, SomeCalls.Simple(3) }.Select(record => ledger.WriteAsync(record, default).AsTask()).ToList();

        locked.Dispose();

        Assert.Equal((WriteOutcome[])[WriteOutcome.Committed, WriteOutcome.Lost, WriteOutcome.Committed], await Task.WhenAll(writes));
        Assert.Equal(1, ledger.Statistics.Lost);
        Assert.Equal(2, _folder.ReadAll().Count);
    }

    public void Dispose() => _folder.Dispose();

    // The conditions come true on the writer's thread; a test that waits in vain is ended by its time limit.
    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SqliteLedger Open() => SqliteLedger.Open(_folder.Ledger, new SqliteLedgerOptions { TimeProvider = _time });

    // Directories stand where the spool would make its files: unlike modes, they stop the superuser too.
    private void BlockSpool()
    {
        for (var number = 1; number <= 64; number++)
        {
            Directory.CreateDirectory(LedgerPaths.Spool(_folder.Ledger, number));
        }
    }
}
