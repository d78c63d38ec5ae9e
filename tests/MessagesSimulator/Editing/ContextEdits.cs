using System.Text.Json;

namespace MessagesSimulator.Editing;

/// <summary>
/// The server's own edit of a long prompt: beyond a length the results of old tool calls are cleared, and the prompt is another one from
/// there on. The edit that clears thinking is not simulated.
/// </summary>
internal static class ContextEdits
{
    private const string ClearToolUses = "clear_tool_uses_20250919";
    private const int DefaultTrigger = 100_000;
    private const int DefaultKept = 3;

    /// <summary>What stands in the place of a result.</summary>
    public static JsonElement Placeholder { get; } = JsonElement.Parse("""{"type":"tool_result","content":"[cleared]"}""");

    /// <summary>The calls whose results are cleared.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tokens">The tokens of the prompt before.</param>
    /// <returns>Their ids.</returns>
    public static IReadOnlySet<string> Cleared(JsonElement request, int tokens)
    {
        if (!request.TryGetProperty("context_management", out var management) || !management.TryGetProperty("edits", out var edits))
        {
            return new HashSet<string>();
        }

        var edit = edits.EnumerateArray().FirstOrDefault(one => one.GetProperty("type").ValueEquals(ClearToolUses));
        var results = edit.ValueKind == JsonValueKind.Object && tokens > Value(edit, "trigger", DefaultTrigger) ? Results(request).ToList() : [];
        return results.SkipLast(Value(edit, "keep", DefaultKept)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Results(JsonElement request) =>
        from message in request.GetProperty("messages").EnumerateArray()
        let content = message.GetProperty("content")
        where content.ValueKind == JsonValueKind.Array
        from block in content.EnumerateArray()
        where block.GetProperty("type").ValueEquals("tool_result")
        select block.GetProperty("tool_use_id").GetString()!;

    private static int Value(JsonElement edit, string member, int otherwise) =>
        edit.ValueKind == JsonValueKind.Object && edit.TryGetProperty(member, out var holder) ? holder.GetProperty("value").GetInt32() : otherwise;
}
