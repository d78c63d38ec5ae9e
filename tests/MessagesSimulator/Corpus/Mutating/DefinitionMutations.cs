using System.Text.Json.Nodes;
using MessagesSimulator.Corpus.Drafting;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus.Mutating;

/// <summary>Changes of the tools and of the system prompt.</summary>
internal static class DefinitionMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("tool_described", CorpusReasons.ToolsChanged, it => ChangeTool(it, tool => it.Reword(tool, "description"))),
        new("tool_renamed", CorpusReasons.ToolsChanged, it => ChangeTool(it, tool => tool["name"] = (string)tool["name"]! + "_v2")),
        new("tool_schema_extended", CorpusReasons.ToolsChanged, it => ChangeTool(
            it, tool => tool["input_schema"]!["properties"]!["unit"] = new JsonObject { ["type"] = "string" })),
        new("tool_schema_keys_reordered", CorpusReasons.ToolsChanged, it => ChangeTool(it, ReorderSchema)),
        new("tool_added_last", CorpusReasons.ToolsChanged, it => AddTool(it, it.Last.Tools.Count)),
        new("tool_added_first", CorpusReasons.ToolsChanged, it => AddTool(it, 0)),
        new("tool_removed", CorpusReasons.ToolsChanged, RemoveTool),
        new("tools_swapped", CorpusReasons.ToolsReordered, it => MoveTool(it, swap: true)),
        new("tools_rotated", CorpusReasons.ToolsReordered, it => MoveTool(it, swap: false)),
        new("system_time", CorpusReasons.SystemChanged, MoveTime),
        new("system_reworded", CorpusReasons.SystemChanged, RewordSystem),
        new("system_block_added_last", CorpusReasons.SystemChanged, it => AddSystem(it, it.Last.System.Count)),
        new("system_block_added_first", CorpusReasons.SystemChanged, it => AddSystem(it, 0)),
        new("system_block_removed", CorpusReasons.SystemChanged, RemoveSystem),
    ];

    private static bool ChangeTool(Disturbance it, Action<JsonObject> change)
    {
        if (it.Last.Tools.Count == 0)
        {
            return false;
        }

        var index = it.Chance.Next(it.Last.Tools.Count);
        change(it.Last.Tools[index]!.AsObject());
        return it.Differs(PromptLevel.Tools, index);
    }

    private static void ReorderSchema(JsonObject tool)
    {
        var schema = tool["input_schema"]!.AsObject();
        var type = schema["type"]!.DeepClone();
        schema.Remove("type");
        schema["type"] = type;
    }

    private static bool AddTool(Disturbance it, int index)
    {
        if (it.Last.Tools.Count == 0)
        {
            return false;
        }

        it.Last.Tools.Insert(index, Opening.Tool(it.Conversation, "translate", 40));
        return it.Differs(PromptLevel.Tools, index);
    }

    private static bool RemoveTool(Disturbance it)
    {
        if (it.Last.Tools.Count < 2)
        {
            return false;
        }

        var index = it.Chance.Next(it.Last.Tools.Count);
        it.Last.Tools.RemoveAt(index);
        return it.Differs(PromptLevel.Tools, index);
    }

    private static bool MoveTool(Disturbance it, bool swap)
    {
        var tools = it.Last.Tools;
        if (tools.Count < 3)
        {
            return false;
        }

        var from = swap ? it.Chance.Next(tools.Count - 1) : 0;
        var tool = tools[from]!;
        tools.RemoveAt(from);
        tools.Insert(swap ? from + 1 : tools.Count, tool);
        return it.Differs(PromptLevel.Tools, from);
    }

    private static bool MoveTime(Disturbance it)
    {
        var block = it.Last.System[0]!.AsObject();
        var text = (string)block["text"]!;
        var hour = text.IndexOf(':', StringComparison.Ordinal) - 2;
        it.Rewrite(block, "text", text[..hour] + $"{(int.Parse(text.AsSpan(hour, 2), provider: null) + 1) % 24:00}" + text[(hour + 2)..]);
        return it.Differs(PromptLevel.System, 0);
    }

    private static bool RewordSystem(Disturbance it)
    {
        var index = it.Last.System.Count - 1;
        it.Reword(it.Last.System[index]!.AsObject(), "text");
        return it.Differs(PromptLevel.System, index);
    }

    private static bool AddSystem(Disturbance it, int index)
    {
        it.Last.System.Insert(index, Turn.Text("Answer briefly. " + it.Conversation.Texts.OfTokens(30)));
        return it.Differs(PromptLevel.System, index);
    }

    private static bool RemoveSystem(Disturbance it)
    {
        if (it.Last.System.Count < 2)
        {
            return false;
        }

        var index = it.Chance.Next(it.Last.System.Count);
        it.Last.System.RemoveAt(index);
        return it.Differs(PromptLevel.System, index);
    }
}
