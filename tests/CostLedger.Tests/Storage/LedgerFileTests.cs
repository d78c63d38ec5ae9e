using System.Text;
using CostLedger.Rows;
using CostLedger.Storage;
using Xunit;

namespace CostLedger.Tests.Storage;

public sealed class LedgerFileTests : IDisposable
{
    private readonly LedgerFolder _folder = new();
    private readonly List<string> _notices = [];

    [Fact]
    public void A_new_ledger_and_its_folder_are_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes");
            return;
        }

        var path = Path.Combine(_folder.Folder, "new", "folder", "ledger.db");

        using var store = Open(path);
        Assert.True(store.TryBegin());
        store.Put(SomeCalls.Simple(), 1);
        store.Commit();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        foreach (var suffix in LedgerPaths.Suffixes)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path + suffix));
        }
    }

    [Fact]
    public void A_directory_is_refused_with_what_to_do()
    {
        var e = Assert.Throws<LedgerException>(() => Open(_folder.Folder));

        Assert.Contains("is a directory; name a file in it", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_explained()
    {
        // A file stands where the folder should be: unlike a mode, that stops the superuser too.
        File.WriteAllText(Path.Combine(_folder.Folder, "file"), "");

        var e = Assert.Throws<LedgerException>(() => Open(Path.Combine(_folder.Folder, "file", "ledger.db")));

        Assert.Contains("cannot be written", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_folder_without_the_right_to_write_is_explained()
    {
        if (OperatingSystem.IsWindows() || string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            Assert.Skip("Windows has no file modes, and the superuser may write everywhere");
            return;
        }

        File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var e = Assert.Throws<LedgerException>(() => Open(_folder.Ledger));
            Assert.Contains("make its folder writable", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_moved_aside_whole_and_a_new_ledger_begun()
    {
        var rubbish = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("this is no database. ", 500)));
        File.WriteAllBytes(_folder.Ledger, rubbish);
        File.WriteAllText(_folder.Ledger + "-wal", "old log");

        using (Open(_folder.Ledger))
        {
        }

        var aside = _folder.Beside(LedgerPaths.CorruptMark);
        Assert.Equal(rubbish, File.ReadAllBytes(aside[0]));
        Assert.Equal("old log", File.ReadAllText(aside[0] + "-wal"));
        Assert.Contains(aside[0], Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Equal(Migrator.Current.Latest, _folder.Number("PRAGMA user_version"));
    }

    [Fact]
    public void A_log_without_its_ledger_is_not_replayed_into_a_new_one()
    {
        File.WriteAllText(_folder.Ledger + "-wal", "left behind");

        using (Open(_folder.Ledger))
        {
        }

        Assert.Equal("left behind", File.ReadAllText(Assert.Single(_folder.Beside(LedgerPaths.CorruptMark))));
    }

    [Fact]
    public void Two_ledgers_moved_aside_within_a_second_keep_their_own_names()
    {
        var now = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        var first = LedgerPaths.Aside(_folder.Ledger, now);
        File.WriteAllText(first, "");

        Assert.EndsWith("ledger.db.corrupt-20261121T090000Z", first, StringComparison.Ordinal);
        Assert.EndsWith("ledger.db.corrupt-20261121T090000Z-2", LedgerPaths.Aside(_folder.Ledger, now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_ledger_is_never_moved_aside()
    {
        Open(_folder.Ledger).Dispose();

        Assert.Null(LedgerRepair.MoveAsideIfDamaged(_folder.Ledger, DateTimeOffset.UnixEpoch));
        Assert.True(File.Exists(_folder.Ledger));
    }

    [Fact]
    public void A_newer_ledger_is_refused_for_reading_and_writing_and_left_alone()
    {
        Open(_folder.Ledger).Dispose();
        _folder.Number("PRAGMA user_version = 99");

        Assert.Contains("newer version", Assert.Throws<LedgerException>(() => Open(_folder.Ledger)).Message, StringComparison.Ordinal);
        Assert.Contains("newer version", Assert.Throws<LedgerException>(() => LedgerFile.OpenForReading(_folder.Ledger)).Message, StringComparison.Ordinal);
        Assert.Equal(99, _folder.Number("PRAGMA user_version"));
        Assert.Empty(_folder.Beside(LedgerPaths.CorruptMark));
    }

    [Fact]
    public void Reading_refuses_what_is_missing_or_damaged_and_changes_nothing()
    {
        Assert.Contains("no ledger at", Assert.Throws<LedgerException>(() => LedgerFile.OpenForReading(_folder.Ledger)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.Ledger, new string('x', 5_000));

        var e = Assert.Throws<LedgerException>(() => LedgerFile.OpenForReading(_folder.Ledger));

        Assert.Contains("is no ledger; name another file", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Ledger));
    }

    [Fact]
    public async Task Many_may_open_a_new_ledger_at_once()
    {
        using var start = new Barrier(6);
        var opened = Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            start.SignalAndWait();
            return Open(_folder.Ledger);
        })).ToList();

        foreach (var store in await Task.WhenAll(opened))
        {
            store.Dispose();
        }

        Assert.Empty(_notices);
        Assert.Equal("ok", _folder.Text("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_checkpoint_moves_the_log_into_the_ledger()
    {
        using var store = Open(_folder.Ledger);
        Assert.True(store.TryBegin());
        store.Put(SomeCalls.Simple(), 1);
        store.Commit();
        var before = new FileInfo(_folder.Ledger).Length;

        Assert.True(store.Checkpoint());

        Assert.True(new FileInfo(_folder.Ledger).Length > before);
        Assert.Single(_folder.ReadAll());
    }

    [Fact]
    public void A_store_whose_file_was_replaced_notices_and_leaves_the_new_files_alone()
    {
        var old = Open(_folder.Ledger);
        foreach (var suffix in LedgerPaths.Suffixes)
        {
            File.Move(_folder.Ledger + suffix, _folder.Ledger + ".away" + suffix);
        }

        using var other = Open(_folder.Ledger);
        Assert.True(other.TryBegin());
        other.Put(SomeCalls.Simple(), 1);
        other.Commit();

        Assert.False(old.Checkpoint());
        old.Dispose();

        Assert.True(File.Exists(_folder.Ledger + "-wal"));
        Assert.Single(_folder.ReadAll());
    }

    public void Dispose() => _folder.Dispose();

    private LedgerStore Open(string path) => LedgerStore.Open(path, survivePowerLoss: false, TimeProvider.System, Note);

    private void Note(string line)
    {
        lock (_notices)
        {
            _notices.Add(line);
        }
    }
}
