using CostLedger.Records;
using CostLedger.Resilience;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Resilience;

public sealed class InFlightFileTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly InFlightFile _notes;

    public InFlightFileTests() => _notes = new InFlightFile(_folder.Ledger, capacity: 3);

    [Fact]
    public void What_is_noted_and_not_removed_is_read_back()
    {
        var first = _notes.Begin(SomeCalls.Simple(1));
        var second = _notes.Begin(SomeCalls.Simple(2));
        _notes.Update(second, SomeCalls.Simple(2) with { HttpStatus = 200 });
        _notes.Remove(first, SomeCalls.Simple(1).Id);

        var read = Assert.Single(ReadAfterDeath());

        Assert.Equal(SomeCalls.Simple(2).Id, read.Id);
        Assert.Equal(200, read.HttpStatus);
    }

    [Fact]
    public void A_file_without_notes_goes_with_its_owner()
    {
        _notes.Remove(_notes.Begin(SomeCalls.Simple()), SomeCalls.Simple().Id);

        _notes.Dispose();

        Assert.Empty(_folder.Beside(LedgerPaths.InFlightMark));
    }

    [Fact]
    public void Calls_beyond_the_capacity_are_not_noted_but_counted()
    {
        var slots = Enumerable.Range(1, 5).Select(number => _notes.Begin(SomeCalls.Simple(number))).ToList();

        Assert.Equal([1, 2, 3, 0, 0], slots);
        Assert.Equal(2, _notes.Unnoted);
        _notes.Remove(2, SomeCalls.Simple(2).Id);
        Assert.Equal(2, _notes.Begin(SomeCalls.Simple(6)));
    }

    [Fact]
    public void A_late_removal_or_update_does_not_touch_the_next_calls_note()
    {
        var slot = _notes.Begin(SomeCalls.Simple(1));
        _notes.Remove(slot, SomeCalls.Simple(1).Id);
        Assert.Equal(slot, _notes.Begin(SomeCalls.Simple(2)));

        _notes.Update(slot, SomeCalls.Simple(1));
        _notes.Remove(slot, SomeCalls.Simple(1).Id);
        _notes.Remove(0, SomeCalls.Simple(2).Id);
        _notes.Remove(99, SomeCalls.Simple(2).Id);

        Assert.Equal(SomeCalls.Simple(2).Id, Assert.Single(ReadAfterDeath()).Id);
    }

    [Fact]
    public void Labels_too_long_for_a_note_are_left_out_of_it()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["long"] = new('x', 5_000) };
        _notes.Begin(SomeCalls.Simple() with { Labels = new CallLabels { Tags = tags } });

        var read = Assert.Single(ReadAfterDeath());

        Assert.Empty(read.Labels.Tags);
        Assert.Equal(["labels_not_noted"], read.Faults);
    }

    [Fact]
    public void A_damaged_note_is_ignored()
    {
        _notes.Begin(SomeCalls.Simple(1));
        _notes.Begin(SomeCalls.Simple(2));
        _notes.Dispose();
        var path = Assert.Single(_folder.Beside(LedgerPaths.InFlightMark));
        var bytes = File.ReadAllBytes(path);
        bytes[100] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(SomeCalls.Simple(2).Id, Assert.Single(ReadAfterDeath()).Id);
    }

    [Fact]
    public void Nothing_can_be_noted_where_nothing_can_be_written()
    {
        using var nowhere = new InFlightFile(Path.Combine(_folder.Folder, "missing", "ledger.db"), capacity: 3);

        Assert.Equal(0, nowhere.Begin(SomeCalls.Simple()));
        Assert.Equal(1, nowhere.Unnoted);
    }

    public void Dispose()
    {
        _notes.Dispose();
        _folder.Dispose();
    }

    private List<CallRecord> ReadAfterDeath()
    {
        _notes.Dispose();
        using var file = LedgerPaths.OpenPrivate(Assert.Single(_folder.Beside(LedgerPaths.InFlightMark)), FileMode.Open);
        return [.. InFlightFile.Read(file)];
    }
}
