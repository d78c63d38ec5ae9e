using CostReport.Cli.World;
using Xunit;

namespace CostReport.Cli.Tests.World;

public sealed class LedgerStampTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stamp-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_ledger_that_is_not_there_has_the_stamp_of_nothing()
    {
        Assert.Equal(default, LedgerStamp.Of(At("none.db")));
    }

    [Fact]
    public void What_is_written_to_the_file_or_to_its_log_changes_it()
    {
        File.WriteAllText(At("ledger.db"), "one");
        var first = LedgerStamp.Of(At("ledger.db"));
        File.AppendAllText(At("ledger.db"), "two");
        var second = LedgerStamp.Of(At("ledger.db"));
        File.WriteAllText(At("ledger.db-wal"), "log");

        Assert.NotEqual(first, second);
        Assert.NotEqual(second, LedgerStamp.Of(At("ledger.db")));
    }

    [Fact]
    public void A_link_has_the_stamp_of_the_file_to_which_it_leads()
    {
        File.WriteAllText(At("ledger.db"), "one");
        File.WriteAllText(At("ledger.db-wal"), "log");
        File.CreateSymbolicLink(At("near"), "ledger.db");
        File.CreateSymbolicLink(At("far"), At("near"));

        Assert.Equal(LedgerStamp.Of(At("ledger.db")), LedgerStamp.Of(At("near")));
        Assert.Equal(LedgerStamp.Of(At("ledger.db")), LedgerStamp.Of(At("far")));
    }

    [Fact]
    public void A_link_that_leads_nowhere_has_the_stamp_of_nothing()
    {
        File.CreateSymbolicLink(At("lost"), At("none.db"));
        File.CreateSymbolicLink(At("this"), At("that"));
        File.CreateSymbolicLink(At("that"), At("this"));

        Assert.Equal(default, LedgerStamp.Of(At("lost")));
        Assert.Equal(default, LedgerStamp.Of(At("this")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
