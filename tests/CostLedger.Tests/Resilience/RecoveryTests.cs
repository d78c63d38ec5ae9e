using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Rows;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Resilience;

public sealed class RecoveryTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly LedgerStore _store;

    public RecoveryTests() => _store = LedgerStore.Open(_folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);

    [Fact]
    public void The_spool_of_an_ended_process_is_taken_in_and_removed()
    {
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(1), 10), new SpoolEntry(SomeCalls.Simple(2), 11));

        var recovery = TakeIn();

        Assert.Equal(2, recovery.Replayed);
        Assert.Equal(2, _folder.ReadAll().Count);
        Assert.Empty(_folder.Beside(LedgerPaths.SpoolMark));
    }

    [Fact]
    public void The_spool_of_a_living_process_is_left_alone()
    {
        using var spool = new Spool(_folder.Ledger, survivePowerLoss: false);
        spool.TryAppend([new SpoolEntry(SomeCalls.Simple(), 10)]);

        Assert.Equal(0, TakeIn().Replayed);
        Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));
    }

    [Fact]
    public void A_replay_replaces_older_forms_of_a_record_and_never_newer_ones()
    {
        Store(SomeCalls.Simple(1) with { StopReason = "older" }, writtenUs: 5);
        Store(SomeCalls.Simple(2) with { StopReason = "newer" }, writtenUs: 15);
        LeaveSpool(
            new SpoolEntry(SomeCalls.Simple(1) with { StopReason = "spooled" }, 10),
            new SpoolEntry(SomeCalls.Simple(2) with { StopReason = "spooled" }, 10));

        Assert.Equal(1, TakeIn().Replayed);
        Assert.Equal("spooled newer", string.Join(" ", _folder.ReadAll().Select(record => record.StopReason)));
    }

    [Fact]
    public void A_call_in_flight_at_its_processs_end_is_interrupted()
    {
        LeaveNote(SomeCalls.Simple() with { RequestId = "req_1" });

        Assert.Equal(1, TakeIn().Interrupted);

        var record = Assert.Single(_folder.ReadAll());
        Assert.Equal(CallOutcome.Interrupted, record.Outcome);
        Assert.Equal("req_1", record.RequestId);
        Assert.Empty(_folder.Beside(LedgerPaths.InFlightMark));
    }

    [Fact]
    public void A_noted_call_whose_record_is_stored_or_spooled_is_not_interrupted()
    {
        Store(SomeCalls.Simple(1), writtenUs: 5);
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(2), 6));
        LeaveNote(SomeCalls.Simple(1), SomeCalls.Simple(2));

        Assert.Equal(0, TakeIn().Interrupted);
        Assert.All(_folder.ReadAll(), record => Assert.Equal(CallOutcome.Success, record.Outcome));
    }

    [Fact]
    public void A_spool_found_after_the_note_still_replaces_the_interruption()
    {
        LeaveNote(SomeCalls.Simple());
        TakeIn();
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(), 10));

        TakeIn();

        Assert.Equal(CallOutcome.Success, Assert.Single(_folder.ReadAll()).Outcome);
    }

    [Fact]
    public void An_interrupted_call_is_priced_by_what_the_application_says()
    {
        LeaveNote(SomeCalls.Simple());

        TakeIn(record => new CallCost { Basis = CostBasis.Estimated, ByClass = new CostByClass(new(7), default, default, default, default, default) });

        Assert.Equal(7, Assert.Single(_folder.ReadAll()).Cost.Total!.Value.Value);
    }

    [Fact]
    public void A_price_that_throws_does_not_hide_the_call()
    {
        LeaveNote(SomeCalls.Simple());

        var recovery = TakeIn(_ => throw new InvalidOperationException("no prices"));

        Assert.Equal(CostBasis.Unpriced, Assert.Single(_folder.ReadAll()).Cost.Basis);
        Assert.Contains("no prices", Assert.Single(recovery.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void While_another_program_holds_the_ledger_the_files_stay_for_later()
    {
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(), 10));
        using (_folder.LockOut())
        {
            Assert.Contains("stays for the next start", Assert.Single(TakeIn().Faults), StringComparison.Ordinal);
        }

        Assert.Equal(1, TakeIn().Replayed);
    }

    [Fact]
    public void A_reader_takes_in_what_was_left_before_it_reads()
    {
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(), 10));

        Assert.Empty(Recovery.TakeInBeside(_folder.Ledger, TimeProvider.System, price: null));
        Assert.Single(_folder.ReadAll());
    }

    [Fact]
    public void A_reader_that_cannot_take_in_goes_on_and_says_why()
    {
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(), 10));
        _folder.Number("PRAGMA user_version = 99");

        Assert.Contains("newer version", Assert.Single(Recovery.TakeInBeside(_folder.Ledger, TimeProvider.System, price: null)), StringComparison.Ordinal);
        Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));
    }

    [Fact]
    public void A_spooled_record_that_the_ledger_refuses_costs_only_itself()
    {
        var refused = SomeCalls.Simple(2) with { Labels = new CallLabels { Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = null! } } };
        LeaveSpool(new SpoolEntry(SomeCalls.Simple(1), 1), new SpoolEntry(refused, 2), new SpoolEntry(SomeCalls.Simple(3), 3));

        var recovery = TakeIn();

        Assert.Equal((2, 1), (recovery.Replayed, recovery.Damaged));
        Assert.Equal([SomeCalls.Simple(1).Id, SomeCalls.Simple(3).Id], _folder.ReadAll().Select(record => record.Id));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private Recovery TakeIn(Func<CallRecord, CallCost>? price = null)
    {
        var recovery = new Recovery(_store, price);
        recovery.TakeInAll();
        return recovery;
    }

    private void Store(CallRecord record, long writtenUs)
    {
        Assert.True(_store.TryBegin());
        _store.Put(record, writtenUs);
        _store.Commit();
    }

    private void LeaveSpool(params SpoolEntry[] entries)
    {
        using var spool = new Spool(_folder.Ledger, survivePowerLoss: false);
        Assert.True(spool.TryAppend(entries));
    }

    private void LeaveNote(params CallRecord[] records)
    {
        using var notes = new InFlightFile(_folder.Ledger, capacity: 8);
        foreach (var record in records)
        {
            Assert.NotEqual(0, notes.Begin(record));
        }
    }
}
