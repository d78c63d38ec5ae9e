using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CostLedger.Storage;
using Microsoft.Data.Sqlite;

namespace CostLedger.Rows.Tables;

/// <summary>The ids of strings, tag sets and price lists that calls share. Must be told when a transaction is rolled back.</summary>
internal sealed class NameTable : IDisposable
{
    private const int MaxCached = 8192;
    private const int MaxTags = 64;

    // Tags are written as a person would write them; the JSON is never put into HTML.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, long> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _tagSets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly Statement _findString;
    private readonly Statement _addString;
    private readonly Statement _findTags;
    private readonly Statement _addTags;
    private readonly Statement _findVersion;
    private readonly Statement _addVersion;

    // Most calls of a program carry the same tags, often the same object.
    private IReadOnlyDictionary<string, string>? _lastTags;
    private long _lastTagsId;

    public NameTable(SqliteConnection connection)
    {
        _findString = new Statement(connection, "SELECT id FROM strings WHERE value = ?1");
        _addString = new Statement(connection, "INSERT INTO strings (value) VALUES (?1) RETURNING id");
        _findTags = new Statement(connection, "SELECT id FROM tag_sets WHERE json = ?1");
        _addTags = new Statement(connection, "INSERT INTO tag_sets (json) VALUES (?1) RETURNING id");
        _findVersion = new Statement(connection, "SELECT id FROM price_books WHERE version = ?1");
        _addVersion = new Statement(connection, "INSERT INTO price_books (version, content) VALUES (?1, x'') RETURNING id");
    }

    /// <summary>The id of a string, which is added when it is new.</summary>
    public long? Id(string? text) => text is null ? null : Find(_strings, Statement.Clean(text), _findString, _addString);

    /// <summary>The id of a price list's version, which is added without its file when it is new.</summary>
    public long? VersionId(string? version) =>
        version is null ? null : Find(_versions, Statement.Clean(version), _findVersion, _addVersion);

    /// <summary>The id of a set of tags, which is added when it is new; null for the empty set.</summary>
    public long? Id(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0)
        {
            return null;
        }

        if (!ReferenceEquals(tags, _lastTags))
        {
            _lastTagsId = Find(_tagSets, Json(tags), _findTags, _addTags);
            _lastTags = tags;
        }

        return _lastTagsId;
    }

    /// <summary>Forgets all ids: those that a rolled back transaction added do not exist.</summary>
    public void Forget()
    {
        _strings.Clear();
        _tagSets.Clear();
        _versions.Clear();
        _lastTags = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _findString.Dispose();
        _addString.Dispose();
        _findTags.Dispose();
        _addTags.Dispose();
        _findVersion.Dispose();
        _addVersion.Dispose();
    }

    private static string Json(IReadOnlyDictionary<string, string> tags)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(MaxTags))
            {
                writer.WriteString(Statement.Clean(key), Statement.Clean(value));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static long Find(Dictionary<string, long> cache, string text, Statement find, Statement add)
    {
        if (cache.TryGetValue(text, out var id))
        {
            return id;
        }

        find.Bind(1, text);
        if (find.ReadNumber() is not { } found)
        {
            add.Bind(1, text);
            found = add.ReadNumber() ?? throw new InvalidOperationException("SQLite returned no id.");
        }

        if (cache.Count >= MaxCached)
        {
            cache.Clear();
        }

        cache[text] = found;
        return found;
    }
}
