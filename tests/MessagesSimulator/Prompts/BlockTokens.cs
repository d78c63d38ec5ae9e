using System.Text.Json;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Prompts;

/// <summary>The tokens of a block, by its kind.</summary>
internal static class BlockTokens
{
    private const int PerImage = 1568; // The documented most of the standard resolution; sizes are not looked at.
    private const int PerPage = 2000;
    private const int PerTool = 12; // The frame around a tool's definition.

    public static int Of(JsonElement block, string kind) => kind switch
    {
        "text" => Text(block, "text"),
        "thinking" => Text(block, "thinking"),
        "redacted_thinking" => 0,
        "image" => PerImage,
        "document" => Document(block),
        "tool_result" => Content(block),
        "tool_use" or "server_tool_use" => Text(block, "name") + Tokenizer.Count(Raw(block, "input")),
        _ => Tokenizer.Count(block.GetRawText()),
    };

    public static int OfTool(JsonElement tool) =>
        PerTool + Text(tool, "name") + Text(tool, "description") + Tokenizer.Count(Raw(tool, "input_schema"));

    private static int Content(JsonElement block)
    {
        if (!block.TryGetProperty("content", out var content))
        {
            return 0;
        }

        return content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Sum(part => Of(part, part.GetProperty("type").GetString()!))
            : Text(block, "content");
    }

    private static int Document(JsonElement block) =>
        block.TryGetProperty("source", out var source) && source.TryGetProperty("type", out var type) && type.ValueEquals("text")
            ? Text(source, "data")
            : PerPage;

    private static int Text(JsonElement block, string property) =>
        block.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? Tokenizer.Count(value.GetString())
            : 0;

    private static string Raw(JsonElement block, string property) =>
        block.TryGetProperty(property, out var value) ? value.GetRawText() : "";
}
