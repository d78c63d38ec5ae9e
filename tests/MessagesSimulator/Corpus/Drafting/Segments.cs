using System.Text;
using System.Text.Json.Nodes;
using MessagesSimulator.Prompts;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>Counts a request's blocks by the rule of bytes. It reads requests by itself, so that its sums are no echo of the simulator's.</summary>
internal sealed class Segments
{
    private readonly List<Segment> _all = [];
    private string _speaker = "";
    private int _tokens;

    private Segments()
    {
    }

    /// <summary>Counts a request.</summary>
    /// <param name="body">The body with its breakpoints.</param>
    /// <param name="forgetsThinking">Whether what was thought is no part of the prompt.</param>
    /// <returns>The blocks.</returns>
    public static IReadOnlyList<Segment> Of(JsonObject body, bool forgetsThinking = false)
    {
        var segments = new Segments();
        segments.Read(body, forgetsThinking);
        return segments._all;
    }

    private void Read(JsonObject body, bool forgetsThinking)
    {
        foreach (var (tool, at) in Numbered(body["tools"]))
        {
            var tokens = TokenRule.Bytes.PerTool + Bytes(tool["name"]) + Bytes(tool["description"]) + Bytes(tool["input_schema"]);
            Add(PromptLevel.Tools, $"tools[{at}]", "tool", tokens, tool);
        }

        foreach (var (block, at) in Numbered(body["system"]))
        {
            Add(PromptLevel.System, $"system[{at}]", "text", Speak("system") + Bytes(block["text"]), block);
        }

        foreach (var (message, number) in Numbered(body["messages"]))
        {
            foreach (var (block, at) in Numbered(message["content"]))
            {
                if (!forgetsThinking || (string?)block["type"] is not "thinking")
                {
                    var tokens = Speak((string?)message["role"] ?? "") + Tokens(block);
                    Add(PromptLevel.Messages, $"messages[{number}].content[{at}]", (string?)block["type"] ?? "", tokens, block);
                }
            }
        }

        if (MarkOf(body) is { } automatic)
        {
            _all[^1] = _all[^1] with { Mark = automatic };
        }
    }

    private void Add(PromptLevel level, string path, string kind, int tokens, JsonObject block)
    {
        _tokens += tokens;
        _all.Add(new Segment(level, _all.Count(other => other.Level == level), path, kind, _tokens, MarkOf(block)));
    }

    private int Speak(string speaker)
    {
        var changes = !string.Equals(speaker, _speaker, StringComparison.Ordinal);
        _speaker = speaker;
        return changes ? TokenRule.Bytes.PerMessage : 0;
    }

    private static int Tokens(JsonObject block) => (string?)block["type"] switch
    {
        "text" => Bytes(block["text"]),
        "thinking" => Bytes(block["thinking"]),
        "image" => TokenRule.Bytes.PerImage,
        "tool_use" => Bytes(block["name"]) + Bytes(block["input"]),
        _ => block["content"]!.AsArray().Sum(part => Tokens(part!.AsObject())),
    };

    private static int Bytes(JsonNode? node)
    {
        var text = node is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : node?.ToJsonString() ?? "";
        return (Encoding.UTF8.GetByteCount(text) + 3) / 4;
    }

    private static TimeSpan? MarkOf(JsonObject holder) => holder["cache_control"] is not { } mark ? null
        : (string?)mark["ttl"] is "1h" ? TimeSpan.FromHours(1)
        : TimeSpan.FromMinutes(5);

    private static IEnumerable<(JsonObject Item, int Index)> Numbered(JsonNode? array) =>
        (array as JsonArray ?? []).Select((item, index) => (item!.AsObject(), index));
}
