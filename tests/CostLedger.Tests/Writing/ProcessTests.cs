using CostLedger.Querying;
using CostLedger.Querying.Prompts;
using CostLedger.Records;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using CostLedger.Writing;
using Testing;
using Xunit;

namespace CostLedger.Tests.Writing;

/// <summary>Several processes on one ledger, and processes that are killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    [Fact]
    public async Task Several_processes_write_one_ledger_while_others_read_it()
    {
        using var first = new HostProcess(_folder.Ledger, callers: 4, calls: 100);
        using var second = new HostProcess(_folder.Ledger, callers: 4, calls: 100);
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        var listening = Task.WhenAll(
            Task.Run(first.ListenToTheEnd, TestContext.Current.CancellationToken), Task.Run(second.ListenToTheEnd, TestContext.Current.CancellationToken));

        // Neither this reader nor a writer ever hears that the database is locked.
        long seen = 0;
        var own = 0;
        while (!listening.IsCompleted)
        {
            var now = _folder.Number("SELECT count(*) FROM calls");
            Assert.True(now >= seen);
            seen = now;
            Assert.Equal(WriteOutcome.Committed, await ledger.WriteAsync(SomeCalls.Simple(own++), default));
        }

        await listening;
        Assert.Equal(400, first.That("committed").Count());
        Assert.Equal(400, second.That("committed").Count());
        Assert.Equal(800 + own, _folder.Number("SELECT count(*) FROM calls"));
        Assert.Equal(800 + own, _folder.Number("SELECT count(*) FROM call_details"));
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
        Assert.Empty(ledger.Notices);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Killed_at_any_moment_nothing_acknowledged_is_lost_and_cut_off_calls_are_seen(int seed)
    {
        using var host = new HostProcess(_folder.Ledger, callers: 8, calls: 10_000);
        host.ListenTo(new Random(seed).Next(20, 600));
        host.Kill();

        await CheckAfterDeath(host);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killed_while_the_ledger_is_locked_nothing_spooled_is_lost(int seed)
    {
        await PatientLedger.Open(_folder.Ledger).DisposeAsync();
        using var host = new HostProcess(_folder.Ledger, callers: 8, calls: 10_000, waitMs: 20);
        host.ListenTo(40);
        using (_folder.LockOut())
        {
            host.ListenFor("spooled", times: new Random(seed).Next(10, 80));
            host.Kill();
        }

        Assert.NotEmpty(host.That("spooled"));
        await CheckAfterDeath(host);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(200)]
    public async Task Results_of_a_batch_are_whole_after_a_kill_and_another_reading(int begun)
    {
        const int Results = 40_000;
        using var host = new HostProcess(_folder.Ledger, callers: 0, calls: Results);
        host.ListenFor("begun", begun);
        host.Kill();

        using var second = new HostProcess(_folder.Ledger, callers: 0, calls: Results);
        using var third = new HostProcess(_folder.Ledger, callers: 0, calls: Results);
        second.ListenFor("committed", 1);
        third.ListenFor("committed", 1);

        Assert.Equal((1, 1), (second.That("committed").Count(), third.That("committed").Count()));
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        Assert.Empty(ledger.Notices);
        Assert.Equal(Results, _folder.Number("SELECT count(DISTINCT custom_id) FROM call_details"));
        Assert.Equal(Results, _folder.Number("SELECT count(*) FROM calls JOIN call_details USING (id)"));
        Assert.Equal(Results, _folder.Number("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task A_full_disk_throws_nothing_and_loses_nothing_that_was_acknowledged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no limit on a file's size to set");
        using var host = new HostProcess(_folder.Ledger, callers: 4, calls: 150, waitMs: 50, fileSizeLimitKb: 240);

        host.ListenToTheEnd();

        Assert.NotEmpty(host.That("committed"));
        Assert.NotEmpty(host.That("spooled"));
        await CheckAfterDeath(host);
    }

    [Fact]
    public async Task A_file_system_that_cannot_be_written_anew_keeps_what_it_has()
    {
        await using (var ledger = PatientLedger.Open(_folder.Ledger))
        {
            await ledger.WriteAsync(SomeCalls.Simple(), default);
        }

        using var host = new HostProcess(_folder.Ledger, callers: 1, calls: 1, fileSizeLimitKb: 0);
        host.ListenTo(int.MaxValue);

        Assert.Equal(1, _folder.Number("SELECT count(*) FROM calls"));
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
        Assert.Empty(_folder.Beside(LedgerPaths.CorruptMark));
    }

    public void Dispose() => _folder.Dispose();

    private async Task CheckAfterDeath(HostProcess host)
    {
        await PatientLedger.Open(_folder.Ledger).DisposeAsync();

        var stored = _folder.ReadAll().ToDictionary(record => record.Id);
        Assert.All(host.That("committed", "spooled"), id => Assert.Equal(CallOutcome.Success, stored[id].Outcome));

        // A call that was begun is there, whole or as interrupted.
        Assert.All(host.That("begun", "queued", "lost"), id => Assert.Contains(stored[id].Outcome, (CallOutcome[])[CallOutcome.Success, CallOutcome.Interrupted]));
        Assert.Equal(stored.Count, _folder.Number("SELECT count(*) FROM call_details"));
        AssertWholePrompts(stored.Values);
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
        Assert.Empty(_folder.Beside(LedgerPaths.SpoolMark));
        Assert.Empty(_folder.Beside(LedgerPaths.InFlightMark));
        Assert.Empty(_folder.Beside(LedgerPaths.CorruptMark));
    }

    // A call brings what no call before it was acknowledged with. An interrupted call brings nothing but its place.
    private void AssertWholePrompts(IEnumerable<CallRecord> stored)
    {
        PromptTrees.AssertSound(_folder);
        using var reader = LedgerReader.Open(_folder.Ledger);
        foreach (var record in stored.Where(record => record is { Outcome: CallOutcome.Success, Prompt: not null }))
        {
            Assert.Equal(0, reader.Prompt(record.Id)!.Missing);
        }
    }
}
