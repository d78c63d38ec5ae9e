using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Rows;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CostLedger.Tests.Storage;

public sealed class MigratorTests : IDisposable
{
    private static readonly string[] MadeUp =
    [
        "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);",
        "ALTER TABLE t ADD COLUMN b INTEGER; UPDATE t SET b = a + 1;",
        "CREATE TABLE u (c INTEGER); INSERT INTO u SELECT b + 1 FROM t;",
    ];

    private readonly LedgerFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_ledger_of_every_earlier_version_is_brought_up_to_date(int earlier)
    {
        using var connection = _folder.Connect();
        new Migrator(MadeUp[..earlier]).Migrate(connection, _folder.Ledger);

        new Migrator(MadeUp).Migrate(connection, _folder.Ledger);

        Assert.Equal(3, _folder.Number("SELECT c FROM u"));
        Assert.Equal(3, _folder.Number("PRAGMA user_version"));
    }

    [Fact]
    public void A_ledger_of_every_released_schema_keeps_its_rows_and_takes_new_ones()
    {
        for (var earlier = 1; earlier < Migrator.Current.Latest; earlier++)
        {
            using var folder = new LedgerFolder();
            using (var connection = folder.Connect())
            {
                Migrator.Current.UpTo(earlier).Migrate(connection, folder.Ledger);
                LedgerFile.Execute(connection, "INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (randomblob(16), 1, 1, 1, 1, 4, 7)");
                LedgerFile.Execute(connection, "INSERT INTO call_details (id, is_stream, response_bytes, events, message_id) SELECT id, 0, 5, 0, 'msg_old' FROM calls");
            }

            using var store = LedgerStore.Open(folder.Ledger, survivePowerLoss: false, TimeProvider.System, Assert.Fail);
            Assert.True(store.TryBegin());
            store.Put(SomeCalls.Simple() with { BatchId = "msgbatch_1", CustomId = "first", Prompt = new PromptPath { Leaf = 7, Depth = 2 } }, 1);
            store.Commit();

            Assert.Equal(Migrator.Current.Latest, folder.Number("PRAGMA user_version"));
            Assert.Equal(1, folder.Number("SELECT count(*) FROM calls_readable WHERE message_id = 'msg_old' AND duration_s = 7e-6"));
            Assert.Equal(1, folder.Number("SELECT count(*) FROM call_details WHERE custom_id = 'first'"));
            Assert.Equal(1, folder.Number("SELECT count(*) FROM call_prompts JOIN prompt_nodes AS n ON n.id = leaf WHERE depth = 2"));
            Assert.Equal([null, new PromptPath { Leaf = 7, Depth = 2 }], folder.ReadAll().Select(record => record.Prompt).OrderBy(prompt => prompt?.Depth));
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_before_it()
    {
        using var connection = _folder.Connect();
        var broken = new Migrator([MadeUp[0], "CREATE TABLE v (d INTEGER); INSERT INTO missing VALUES (1);"]);

        Assert.Throws<SqliteException>(() => broken.Migrate(connection, _folder.Ledger));

        Assert.Equal(1, _folder.Number("PRAGMA user_version"));
        Assert.Equal(0, _folder.Number("SELECT count(*) FROM sqlite_master WHERE name = 'v'"));
    }

    [Fact]
    public async Task Several_connections_may_migrate_at_once()
    {
        using var start = new Barrier(4);
        var migrations = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var connection = _folder.Connect();
            start.SignalAndWait();
            new Migrator(MadeUp).Migrate(connection, _folder.Ledger);
        }));

        await Task.WhenAll(migrations);

        Assert.Equal(1, _folder.Number("SELECT count(*) FROM t"));
        Assert.Equal(1, _folder.Number("SELECT count(*) FROM u"));
    }

    [Fact]
    public void A_newer_ledger_is_refused_and_left_alone()
    {
        using var connection = _folder.Connect();
        new Migrator(MadeUp).Migrate(connection, _folder.Ledger);

        var e = Assert.Throws<LedgerException>(() => new Migrator(MadeUp[..2]).Migrate(connection, _folder.Ledger));

        Assert.Contains("newer version (schema 3, this one knows 2); update this program", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, _folder.Number("PRAGMA user_version"));
    }

    [Fact]
    public void An_older_ledger_cannot_be_read_before_it_is_migrated()
    {
        using var connection = _folder.Connect();
        new Migrator(MadeUp[..1]).Migrate(connection, _folder.Ledger);

        var e = Assert.Throws<LedgerException>(() => new Migrator(MadeUp).RefuseOlder(connection, _folder.Ledger));

        Assert.Contains("has schema 1, this program reads 3", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)")]
    [InlineData("PRAGMA application_id = 12345")]
    public void A_database_of_another_program_is_refused(string made)
    {
        using var connection = _folder.Connect();
        LedgerFile.Execute(connection, made);

        var e = Assert.Throws<LedgerException>(() => Migrator.Current.RefuseForeign(connection, _folder.Ledger));

        Assert.Contains("another program's database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readable_view_speaks_the_names_of_the_records()
    {
        LedgerFile.OpenForWriting(_folder.Ledger, survivePowerLoss: false, DateTimeOffset.UnixEpoch).Dispose();
        using var connection = _folder.Connect();
        for (var n = 1; n <= 8; n++)
        {
            LedgerFile.Execute(connection, $"INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (zeroblob({n}), 1, {n}, {n}, {n}, {n}, 0)");
        }

        Assert.Equal(Names(n => ((Provider)n).Name()), _folder.Text("SELECT group_concat(provider) FROM calls_readable"));
        Assert.Equal(Names(n => ((Operation)n).Name()), _folder.Text("SELECT group_concat(operation) FROM calls_readable"));
        Assert.Equal(Names(n => ((CallOutcome)n).Name()), _folder.Text("SELECT group_concat(outcome) FROM calls_readable"));
        Assert.Equal(Names(n => ((CostBasis)n).Name()), _folder.Text("SELECT group_concat(cost_basis) FROM calls_readable"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Names(Func<int, string> name) => string.Join(',', Enumerable.Range(1, 8).Select(name));
}
