using System.Buffers;
using System.Text.Json;

namespace MessagesSimulator.Prompts;

/// <summary>
/// A block as it enters the cache's key: no white space, the sender's key order, no <c>cache_control</c>, neither on the block nor on the
/// parts of its content, where it marks nothing.
/// </summary>
internal static class CanonicalJson
{
    public static ReadOnlyMemory<byte> Of(JsonElement block)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            if (block.ValueKind == JsonValueKind.Object)
            {
                WriteUnmarked(block, writer);
            }
            else
            {
                block.WriteTo(writer);
            }
        }

        return bytes.WrittenMemory;
    }

    private static void WriteUnmarked(JsonElement block, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in block.EnumerateObject().Where(property => !property.NameEquals("cache_control")))
        {
            if (property.NameEquals("content") && property.Value.ValueKind == JsonValueKind.Array)
            {
                writer.WriteStartArray(property.Name);
                WriteParts(property.Value, writer);
                writer.WriteEndArray();
            }
            else
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(JsonElement parts, Utf8JsonWriter writer)
    {
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Object)
            {
                WriteUnmarked(part, writer);
            }
            else
            {
                part.WriteTo(writer);
            }
        }
    }
}
