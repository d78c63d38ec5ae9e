using System.Collections;
using System.Text;
using System.Text.Json;

namespace Telemetry.Handler.Events;

/// <summary>
/// Messages as a list of maps and lists, for loggers that take structure; as a text it is the JSON. OpenTelemetry's exporter can send
/// no list of maps (its version 1.20 writes the type's name in their place), but it sends the text of a type that it does not know.
/// </summary>
/// <param name="json">A JSON array of our own making.</param>
internal sealed class StructuredJson(string json) : IReadOnlyList<object?>
{
    private IReadOnlyList<object?>? _items;

    public int Count => Items.Count;

    // Whoever comes at the same time makes the same list.
    private IReadOnlyList<object?> Items => _items ??= Parse();

    public object? this[int index] => Items[index];

    /// <summary>Wraps JSON; null for none.</summary>
    public static StructuredJson? Of(string? json) => json is null ? null : new StructuredJson(json);

    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => json;

    private List<object?> Parse()
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return List(ref reader);
    }

    private static object? Value(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonTokenType.StartArray => List(ref json),
        JsonTokenType.StartObject => Map(ref json),
        _ => null,
    };

    private static List<object?> List(ref Utf8JsonReader json)
    {
        var list = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Value(ref json));
        }

        return list;
    }

    // The last of several equal names wins.
    private static Dictionary<string, object?> Map(ref Utf8JsonReader json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString() ?? "";
            json.Read();
            map[name] = Value(ref json);
        }

        return map;
    }
}
