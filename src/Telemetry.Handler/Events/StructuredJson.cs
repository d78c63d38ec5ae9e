using System.Text;
using System.Text.Json;

namespace Telemetry.Handler.Events;

/// <summary>Turns JSON of our own making into lists and maps, which exporters send as structured values.</summary>
internal static class StructuredJson
{
    /// <summary>Turns it.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <returns>The value; null for none.</returns>
    public static object? Of(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return Value(ref reader);
    }

    private static object? Value(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonTokenType.StartArray => List(ref json),
        JsonTokenType.StartObject => Map(ref json),
        _ => null,
    };

    private static object?[] List(ref Utf8JsonReader json)
    {
        var list = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Value(ref json));
        }

        return [.. list];
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
