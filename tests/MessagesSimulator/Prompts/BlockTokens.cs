using System.Text.Json;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Prompts;

/// <summary>The tokens of a block, by its kind.</summary>
internal sealed class BlockTokens(TokenRule rule)
{
    public int Of(JsonElement block, string kind) => kind switch
    {
        "text" => Text(block, "text"),
        "thinking" => Text(block, "thinking"),
        "redacted_thinking" => 0,
        "image" => rule.PerImage,
        "document" => Document(block),
        "tool_result" => Content(block),
        "tool_use" or "server_tool_use" => Text(block, "name") + rule.Count(Raw(block, "input")),
        _ => rule.Count(block.GetRawText()),
    };

    public int OfTool(JsonElement tool) =>
        rule.PerTool + Text(tool, "name") + Text(tool, "description") + rule.Count(Raw(tool, "input_schema"));

    private int Content(JsonElement block)
    {
        if (!block.TryGetProperty("content", out var content))
        {
            return 0;
        }

        return content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Sum(part => Of(part, part.GetProperty("type").GetString()!))
            : Text(block, "content");
    }

    private int Document(JsonElement block) =>
        block.TryGetProperty("source", out var source) && source.TryGetProperty("type", out var type) && type.ValueEquals("text")
            ? Text(source, "data")
            : rule.PerPage;

    private int Text(JsonElement block, string property) =>
        block.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? rule.Count(value.GetString())
            : 0;

    private static string Raw(JsonElement block, string property) =>
        block.TryGetProperty(property, out var value) ? value.GetRawText() : "";
}
