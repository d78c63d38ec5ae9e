using CostLedger.Querying;
using CostLedger.Querying.Reading;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;
using Statement = CostLedger.Querying.Reading.Statement;

namespace CostLedger.Tests.Querying;

public sealed class LedgerReaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-open-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_ledger_is_said_to_be_missing_and_is_not_made()
    {
        var path = Path.Combine(_folder.FullName, "none.db");

        AssertRefused(path, "There is no ledger at");
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_directory_is_no_ledger() => AssertRefused(_folder.FullName, "is a directory");

    [Theory]
    [InlineData("")]
    [InlineData("plain text, nothing else, but long enough that it could be the header of a database file, which has a hundred bytes")]
    public void Another_file_is_no_ledger(string content)
    {
        var path = Path.Combine(_folder.FullName, "other.db");
        File.WriteAllText(path, content);

        AssertRefused(path, content.Length == 0 ? "has schema 0" : "is no ledger; name another file");
    }

    [Fact]
    public void A_newer_ledger_is_refused_with_both_numbers()
    {
        using var ledger = new TestLedger(schema: 7);

        AssertRefused(ledger.Path, "newer version (schema 7, this one knows 5)");
    }

    [Fact]
    public void An_older_ledger_is_brought_up_to_date_before_it_is_read()
    {
        var path = Path.Combine(_folder.FullName, "older.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Migrator.Current.UpTo(1).Migrate(connection, path);
            LedgerFile.Execute(connection, "INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (x'019A0000000000000000000000000001', 1, 1, 1, 1, 4, 7)");
        }

        using var reader = LedgerReader.Open(path);

        Assert.Equal(1, reader.Check().Attempts);
        Assert.Equal(Migrator.Current.Latest, reader.Check().SchemaVersion);
    }

    [Theory]
    [InlineData("a b'c\"#?%20.db")]
    [InlineData("-wal.db")]
    [InlineData("касса.db")]
    public void Any_file_name_can_be_opened(string name)
    {
        using var ledger = new TestLedger(name);
        using var reader = ledger.Read();

        Assert.Equal(0, reader.Check().Attempts);
        Assert.Equal(ledger.Path, reader.Path);
    }

    [Fact]
    public void A_ledger_that_cannot_be_written_can_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "rights do not bind this user");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var ledger = TestLedger.With([new SomeCalls(1).At(DateTimeOffset.UnixEpoch.AddYears(56))]);
        var copy = Path.Combine(_folder.FullName, "copy.db");
        ledger.Execute($"VACUUM INTO '{copy}'");
        File.SetUnixFileMode(copy, UnixFileMode.UserRead);
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        try
        {
            using var reader = LedgerReader.Open(copy);
            Assert.Equal(1, reader.Check().Attempts);
        }
        finally
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_price_list_that_is_not_there_is_null()
    {
        using var ledger = new TestLedger();
        ledger.Book("2026-09-01-known-by-name-only");
        using var reader = ledger.Read();

        Assert.Null(reader.PriceBook("2026-09-01-known-by-name-only"));
        Assert.Null(reader.PriceBook("never"));
    }

    [Fact]
    public void A_damaged_price_list_is_named()
    {
        using var ledger = new TestLedger();
        ledger.Book("2026-09-01-bad", [0xFF, 0xFF, 0xFF, 0xFF]);
        using var reader = ledger.Read();

        var error = Assert.Throws<LedgerException>(() => reader.PriceBook("2026-09-01-bad"));

        Assert.Contains("2026-09-01-bad in the ledger is damaged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_are_the_same_with_and_without_the_short_way_to_SQLite(bool direct)
    {
        using var ledger = new TestLedger();
        using var connection = LedgerConnection.OpenForReading(ledger.Path);
        raw.sqlite3_open(":memory:", out var database);
        using (database)
        {
            raw.sqlite3_prepare_v2(database, "SELECT ?1, ?2, ?3, ?4, ?5", out var prepared);
            using var statement = new Statement(connection, prepared, direct);
            statement.Bind(long.MinValue, "", "a\0\u202Eß", SqlValue.From((long?)null), new byte[] { 1, 0, 2 });

            Assert.True(statement.Step());
            Assert.Equal(long.MinValue, statement.Int64(0));
            Assert.Equal("", statement.Text(1));
            Assert.Equal("a\0\u202Eß", statement.Text(2));
            Assert.Null(statement.Number(3));
            Assert.Null(statement.Text(3));
            Assert.Equal(0, statement.Int64(3));
            Assert.Equal([1, 0, 2], statement.Bytes(4).ToArray());
            Assert.False(statement.Step());
        }
    }

    private static void AssertRefused(string path, string because)
    {
        var error = Assert.Throws<LedgerException>(() => LedgerReader.Open(path));

        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
