using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CostLedger.Pricing.Files;

/// <summary>Reads a JSON text into values with lines and paths.</summary>
internal static class JsonTree
{
    /// <summary>Stands for a string that is no valid UTF-8, or holds half a surrogate pair, so that its place can be told.</summary>
    public const string Broken = "\uFFFD";

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">The text, without a byte order mark.</param>
    /// <returns>The outermost value.</returns>
    /// <exception cref="JsonException">The text is no JSON, or is nested deeper than 64 levels.</exception>
    public static JsonValue Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var lines = new LineCounter(utf8);
        JsonValue? root = null;
        var open = new Stack<JsonValue>();
        string? name = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Text(ref reader);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    continue;
            }

            open.TryPeek(out var parent);
            var line = lines.At((int)reader.TokenStartIndex);
            var value = new JsonValue(reader.TokenType, line, parent) { Text = Text(ref reader) };
            parent?.Append(value, name);
            root ??= value;
            name = null;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push(value);
            }
        }

        return root ?? throw new JsonException("the text is empty", null, 0, 0);
    }

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName or JsonTokenType.String => ReadString(ref reader),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => "",
    };

    private static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that the bytes are no text.
            return Broken;
        }
    }

    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _counted;
        private int _line = 1;

        public int At(int position)
        {
            _line += _text[_counted..position].Count((byte)'\n');
            _counted = position;
            return _line;
        }
    }
}
