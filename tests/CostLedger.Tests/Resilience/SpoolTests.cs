using CostLedger.Resilience;
using CostLedger.Storage;
using CostLedger.Tests.Storage;
using Xunit;

namespace CostLedger.Tests.Resilience;

public sealed class SpoolTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly Spool _spool;

    public SpoolTests() => _spool = new Spool(_folder.Ledger, survivePowerLoss: false);

    [Fact]
    public void What_was_appended_is_read_back_in_order()
    {
        Assert.True(_spool.TryAppend([Entry(1), Entry(2)]));
        Assert.True(_spool.TryAppend([Entry(3)]));

        var (entries, damaged) = Read();

        Assert.Equal([1L, 2L, 3L], entries.Select(entry => entry.WrittenUs));
        Assert.Equal([SomeCalls.Simple(1).Id, SomeCalls.Simple(2).Id, SomeCalls.Simple(3).Id], entries.Select(entry => entry.Record.Id));
        Assert.Equal(0, damaged);
    }

    [Fact]
    public void A_file_is_its_owners_alone_and_locked_while_the_owner_lives()
    {
        _spool.TryAppend([Entry(1)]);
        var file = Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Throws<IOException>(() => LedgerPaths.OpenPrivate(file, FileMode.Open));
        _spool.Dispose();
        LedgerPaths.OpenPrivate(file, FileMode.Open).Dispose();
    }

    [Fact]
    public void A_line_cut_anywhere_costs_only_itself()
    {
        _spool.TryAppend([Entry(1), Entry(2)]);
        _spool.Dispose();
        var path = Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));
        var whole = File.ReadAllBytes(path);
        var firstEnd = Array.IndexOf(whole, (byte)'\n');

        for (var length = firstEnd + 2; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            var damaged = 0;
            using var file = LedgerPaths.OpenPrivate(path, FileMode.Open);

            Assert.Equal(1, Assert.Single(Spool.Read(file, () => damaged++)).WrittenUs);
            Assert.Equal(1, damaged);
        }
    }

    [Fact]
    public void A_changed_byte_is_never_taken_for_a_record()
    {
        _spool.TryAppend([Entry(1)]);
        _spool.Dispose();
        var path = Assert.Single(_folder.Beside(LedgerPaths.SpoolMark));
        var whole = File.ReadAllBytes(path);

        for (var i = 0; i < whole.Length - 1; i++)
        {
            var changed = whole.ToArray();
            changed[i] ^= 0x15;
            File.WriteAllBytes(path, changed);
            using var file = LedgerPaths.OpenPrivate(path, FileMode.Open);

            Assert.Empty(Spool.Read(file, () => { }));
        }
    }

    [Fact]
    public void A_file_being_replayed_gets_no_more_records()
    {
        _spool.TryAppend([Entry(1)]);
        var first = _spool.OldestForReplay()!;
        _spool.TryAppend([Entry(2)]);

        Assert.Equal(2, _folder.Beside(LedgerPaths.SpoolMark).Count);
        Assert.Same(first, _spool.OldestForReplay());
        _spool.Remove(first);
        Assert.True(_spool.HasRecords);
        _spool.Remove(_spool.OldestForReplay()!);
        Assert.False(_spool.HasRecords);
        Assert.Empty(_folder.Beside(LedgerPaths.SpoolMark));
    }

    [Fact]
    public void A_name_that_is_taken_is_passed_over()
    {
        Directory.CreateDirectory(LedgerPaths.Spool(_folder.Ledger, 1));
        File.WriteAllText(LedgerPaths.Spool(_folder.Ledger, 2), "of an earlier process with this id");

        Assert.True(_spool.TryAppend([Entry(1)]));

        Assert.Equal(1, Assert.Single(Read().Entries).WrittenUs);
    }

    [Fact]
    public void A_spool_that_cannot_be_written_says_so()
    {
        using var nowhere = new Spool(Path.Combine(_folder.Folder, "missing", "ledger.db"), survivePowerLoss: false);

        Assert.False(nowhere.TryAppend([Entry(1)]));
        Assert.False(nowhere.HasRecords);
    }

    public void Dispose()
    {
        _spool.Dispose();
        _folder.Dispose();
    }

    private static SpoolEntry Entry(int number) => new(SomeCalls.Simple(number), number);

    private (List<SpoolEntry> Entries, int Damaged) Read()
    {
        var damaged = 0;
        return (Spool.Read(_spool.OldestForReplay()!, () => damaged++).ToList(), damaged);
    }
}
