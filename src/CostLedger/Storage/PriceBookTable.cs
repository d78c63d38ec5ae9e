using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace CostLedger.Storage;

/// <summary>The price lists that stored costs were computed with. Must be told when a transaction is rolled back.</summary>
internal sealed class PriceBookTable : IDisposable
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Statement _find;
    private readonly Statement _add;
    private readonly Statement _keep;

    public PriceBookTable(SqliteConnection connection)
    {
        _find = new Statement(connection, "SELECT id FROM price_books WHERE version = ?1");
        _add = new Statement(connection, "INSERT INTO price_books (version, content) VALUES (?1, x'') RETURNING id");
        _keep = new Statement(
            connection,
            "INSERT INTO price_books (version, content) VALUES (?1, ?2) ON CONFLICT (version) DO UPDATE SET content = ?2 WHERE content = x''");
    }

    /// <summary>Compresses a price file for <see cref="Keep"/>.</summary>
    public static byte[] Pack(ReadOnlyMemory<byte> content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(content.Span);
        }

        return packed.ToArray();
    }

    /// <summary>Reads a price file that the ledger holds.</summary>
    /// <returns>The file's bytes; null when the ledger holds no file of this version.</returns>
    public static byte[]? Read(SqliteConnection connection, string version)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT content FROM price_books WHERE version = $version AND content <> x''";
        command.Parameters.AddWithValue("$version", version);
        if (command.ExecuteScalar() is not byte[] packed)
        {
            return null;
        }

        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = brotli.Read(buffer)) > 0 && content.Length <= MaxBytes;)
        {
            content.Write(buffer, 0, read);
        }

        return content.Length <= MaxBytes ? content.ToArray() : null;
    }

    /// <summary>The id of a version, which is added without its file when it is new.</summary>
    public long? Id(string? version)
    {
        if (version is null)
        {
            return null;
        }

        version = Statement.Clean(version);
        if (_ids.TryGetValue(version, out var id))
        {
            return id;
        }

        _find.Bind(1, version);
        if (_find.ReadNumber() is not { } found)
        {
            _add.Bind(1, version);
            found = _add.ReadNumber() ?? throw new InvalidOperationException("SQLite returned no id.");
        }

        _ids[version] = found;
        return found;
    }

    /// <summary>Stores a price file once.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="packed">The file, as <see cref="Pack"/> made it.</param>
    public void Keep(string version, ReadOnlySpan<byte> packed)
    {
        _keep.Bind(1, Statement.Clean(version));
        _keep.Bind(2, packed);
        _keep.Run();
    }

    /// <summary>Forgets all ids: those that a rolled back transaction added do not exist.</summary>
    public void Forget() => _ids.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _keep.Dispose();
    }
}
