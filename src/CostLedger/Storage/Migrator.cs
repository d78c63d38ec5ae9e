using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace CostLedger.Storage;

/// <summary>
/// Brings a ledger's schema up to date, one transaction a step. The version is SQLite's <c>user_version</c>; it is read again
/// inside the transaction, so that several processes may migrate the same file at once.
/// </summary>
/// <param name="steps">The statements of every step; the first makes version 1.</param>
internal sealed class Migrator(IReadOnlyList<string> steps)
{
    /// <summary>Marks a file as a ledger: the bytes "CLgr".</summary>
    public const long ApplicationId = 0x434C6772;

    /// <summary>The migrations of this version of the program.</summary>
    public static Migrator Current { get; } = new([.. ReadEmbedded()]);

    /// <summary>The schema version that this program writes.</summary>
    public int Latest => steps.Count;

    /// <summary>The migrations of an earlier version of the program.</summary>
    /// <param name="version">Its schema version.</param>
    public Migrator UpTo(int version) => new([.. steps.Take(version)]);

    /// <summary>Makes all steps that the file lacks.</summary>
    /// <exception cref="LedgerException">The file is newer than this program.</exception>
    public void Migrate(SqliteConnection connection, string path)
    {
        while (VersionOf(connection) < Latest)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var version = VersionOf(connection);
            if (version < Latest)
            {
                Step(connection, version);
                transaction.Commit();
            }
        }

        RefuseForeign(connection, path);
    }

    /// <summary>Refuses a file that belongs to another program or to a newer version of this one.</summary>
    /// <exception cref="LedgerException">It does.</exception>
    public void RefuseForeign(SqliteConnection connection, string path)
    {
        var (application, version, isEmpty) = Identify(connection);
        if (application != ApplicationId && !(application == 0 && (isEmpty || version > 0)))
        {
            throw new LedgerException($"{path} is another program's database; name another file for the ledger.");
        }

        if (version > Latest)
        {
            throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} was written by a newer version (schema {version}, this one knows {Latest}); update this program, or name another ledger."));
        }
    }

    /// <summary>Refuses a file whose schema must first be migrated, which needs the right to write.</summary>
    /// <exception cref="LedgerException">It must.</exception>
    public void RefuseOlder(SqliteConnection connection, string path)
    {
        var version = VersionOf(connection);
        if (version < Latest)
        {
            throw new LedgerException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has schema {version}, this program reads {Latest}; make the file writable so that it can be migrated."));
        }
    }

    // One transaction: another process may be creating the file meanwhile.
    private static (long Application, int Version, bool IsEmpty) Identify(SqliteConnection connection)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var objects = LedgerFile.ReadNumber(connection, "SELECT count(*) FROM sqlite_master;");
        var version = VersionOf(connection);
        return (LedgerFile.ReadNumber(connection, "PRAGMA application_id;"), version, version == 0 && objects == 0);
    }

    private static int VersionOf(SqliteConnection connection) => (int)LedgerFile.ReadNumber(connection, "PRAGMA user_version;");

    private void Step(SqliteConnection connection, int version) => LedgerFile.Execute(connection, string.Create(
        CultureInfo.InvariantCulture,
        $"{steps[version]}\nPRAGMA user_version = {version + 1};\nPRAGMA application_id = {ApplicationId};"));

    private static IEnumerable<string> ReadEmbedded()
    {
        var assembly = typeof(Migrator).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => ReadText(assembly, name));
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
