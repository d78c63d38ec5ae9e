using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Replies;

/// <summary>
/// Says something when the script is silent: the same prompt gets the same answer. It thinks when asked to, and calls a
/// tool when forced to or when the last text names it.
/// </summary>
internal static class Improviser
{
    private static readonly string[] s_words =
    [
        "the", "cache", "holds", "every", "prefix", "that", "was", "marked", "before", "and", "a", "later", "turn", "reads",
        "it", "again", "for", "less", "so", "order", "matters", "when", "one", "byte", "moves", "all", "behind", "is", "new",
    ];

    public static Reply Answer(Prompt prompt)
    {
        var settings = prompt.Settings;
        var seed = prompt.Seed;
        var blocks = new List<ReplyBlock>();
        if (settings.Thinking is not null)
        {
            blocks.Add(new(ReplyBlockKind.Thinking, Sentences(seed, Math.Min(30 + (seed % 40), settings.ThinkingBudget ?? 60))));
        }

        if (ToolToCall(prompt) is { } tool)
        {
            blocks.Add(new(ReplyBlockKind.Text, "I will look that up."));
            blocks.Add(new(ReplyBlockKind.ToolUse, Input(seed)) { ToolName = tool });
        }
        else
        {
            blocks.Add(new(ReplyBlockKind.Text, Sentences(seed / 7, 20 + (seed % 60))));
        }

        return new Reply { Blocks = blocks };
    }

    private static string? ToolToCall(Prompt prompt)
    {
        var settings = prompt.Settings;
        if (settings.ForcesTool)
        {
            return settings.ForcedTool ?? settings.ToolNames[0];
        }

        return settings.ToolNames.FirstOrDefault(name => name.Length > 0 && prompt.LastText.Contains(name, StringComparison.Ordinal));
    }

    private static string Input(int seed) =>
        new JsonObject { ["query"] = s_words[seed % s_words.Length], ["limit"] = 1 + (seed % 9) }.ToJsonString(JsonSerializerOptions.Web);

    private static string Sentences(int seed, int words)
    {
        var said = new List<string>(words);
        var state = (uint)seed;
        for (var i = 0; i < words; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            var word = s_words[(state >> 8) % s_words.Length];
            var first = i % 9 == 0;
            var last = i % 9 == 8 || i == words - 1;
            said.Add((first ? char.ToUpperInvariant(word[0]) + word[1..] : word) + (last ? "." : ""));
        }

        return string.Join(' ', said);
    }
}
