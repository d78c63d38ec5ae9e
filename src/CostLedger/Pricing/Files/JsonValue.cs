using System.Globalization;
using System.Text.Json;

namespace CostLedger.Pricing.Files;

/// <summary>A value of a JSON text that knows its line and its path, which <see cref="JsonDocument"/> does not.</summary>
internal sealed class JsonValue(JsonTokenType kind, int line, JsonValue? parent)
{
    private string? _name;
    private int _index;

    /// <summary><see cref="JsonTokenType.StartObject"/>, <see cref="JsonTokenType.StartArray"/>, or a plain value's own kind.</summary>
    public JsonTokenType Kind => kind;

    public int Line => line;

    /// <summary>The text of a string or number; numbers as they were written.</summary>
    public string Text { get; init; } = "";

    /// <summary>The members of an object, in order, names repeated when the file repeats them; or the items of an array.</summary>
    public List<JsonValue> Children { get; } = [];

    /// <summary>The member's name; empty for items of an array.</summary>
    public string Name => _name ?? "";

    public string Path => parent is null
        ? "$"
        : _name is null
            ? parent.Path + "[" + _index.ToString(CultureInfo.InvariantCulture) + "]"
            : parent.Path + "." + _name;

    public void Append(JsonValue child, string? name)
    {
        child._name = name;
        child._index = Children.Count;
        Children.Add(child);
    }
}
