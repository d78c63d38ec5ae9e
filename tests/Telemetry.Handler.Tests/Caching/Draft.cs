using System.Text.Json;
using System.Text.Json.Nodes;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>A request that a test writes and changes.</summary>
internal sealed record Draft
{
    /// <summary>A block: its text, its kind and its breakpoint ("5m", "1h" or none).</summary>
    internal sealed record Block(string Text, string Kind = "text", string? Mark = null);

    /// <summary>A tool.</summary>
    internal sealed record Tool(string Name, string Description, string? Mark = null, string? Type = null);

    /// <summary>A message.</summary>
    internal sealed record Message(string Role, params Block[] Blocks);

    public string Model { get; init; } = "claude-sonnet-5";

    public IReadOnlyList<Tool> Tools { get; init; } = [];

    public IReadOnlyList<Block> System { get; init; } = [];

    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>Automatic caching: "5m", "1h" or none.</summary>
    public string? Automatic { get; init; }

    public string? ToolChoice { get; init; }

    public int? ThinkingBudget { get; init; }

    public string? Effort { get; init; }

    public string? Format { get; init; }

    public string? Speed { get; init; }

    public string? Geo { get; init; }

    public string? TaskBudget { get; init; }

    public string? McpServers { get; init; }

    public string? Container { get; init; }

    public string? ContextManagement { get; init; }

    public IReadOnlyList<string> Betas { get; init; } = [];

    public UInt128 Workspace { get; init; } = 1;

    public string? Location { get; init; }

    /// <summary>The conversation with an answer and a new question at its end.</summary>
    public Draft Then(string answer, string question) =>
        this with { Messages = [.. Messages, new("assistant", new Block(answer)), new("user", new Block(question))] };

    /// <summary>Another text in a message.</summary>
    public Draft Edit(int message, string text) =>
        this with { Messages = [.. Messages.Select((m, i) => i == message ? m with { Blocks = [m.Blocks[0] with { Text = text }, .. m.Blocks[1..]] } : m)] };

    public byte[] ToBytes()
    {
        var body = new JsonObject { ["model"] = Model, ["max_tokens"] = 100 };
        Add(body, "tools", Tools, ToolOf);
        Add(body, "system", System, BlockOf);
        body["messages"] = new JsonArray([.. Messages.Select(m => new JsonObject
        {
            ["role"] = m.Role,
            ["content"] = new JsonArray([.. m.Blocks.Select(BlockOf)]),
        })]);
        Set(body, "cache_control", Automatic is null ? null : MarkOf(Automatic));
        Set(body, "tool_choice", Json(ToolChoice));
        Set(body, "thinking", ThinkingBudget is null ? null : new JsonObject { ["type"] = "enabled", ["budget_tokens"] = ThinkingBudget });
        Set(body, "speed", Speed);
        Set(body, "inference_geo", Geo);
        Set(body, "mcp_servers", Json(McpServers));
        Set(body, "container", Json(Container));
        Set(body, "context_management", Json(ContextManagement));
        if (Effort is not null || Format is not null || TaskBudget is not null)
        {
            var config = new JsonObject();
            Set(config, "task_budget", Json(TaskBudget));
            Set(config, "effort", Effort);
            Set(config, "format", Format is null ? null : new JsonObject { ["type"] = "json_schema", ["schema"] = JsonNode.Parse(Format) });
            body["output_config"] = config;
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonNode? Json(string? text) => text is null ? null : JsonNode.Parse(text);

    private static void Set(JsonObject to, string name, JsonNode? value)
    {
        if (value is not null)
        {
            to[name] = value;
        }
    }

    private static void Add<T>(JsonObject to, string name, IReadOnlyList<T> items, Func<T, JsonNode> make)
    {
        if (items.Count > 0)
        {
            to[name] = new JsonArray([.. items.Select(make)]);
        }
    }

    private static JsonObject MarkOf(string lifetime) => new() { ["type"] = "ephemeral", ["ttl"] = lifetime };

    private static JsonObject ToolOf(Tool tool)
    {
        var json = tool.Type is null
            ? new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["input_schema"] = new JsonObject { ["type"] = "object" } }
            : new JsonObject { ["type"] = tool.Type, ["name"] = tool.Name };
        Set(json, "cache_control", tool.Mark is null ? null : MarkOf(tool.Mark));
        return json;
    }

    private static JsonObject BlockOf(Block block)
    {
        var json = block.Kind switch
        {
            "image" => new JsonObject { ["type"] = "image", ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = block.Text } },
            "thinking" => new JsonObject { ["type"] = "thinking", ["thinking"] = block.Text, ["signature"] = "c2ln" },
            "tool_use" => new JsonObject { ["type"] = "tool_use", ["id"] = "t1", ["name"] = "get", ["input"] = new JsonObject { ["q"] = block.Text } },
            "tool_result" => new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = "t1", ["content"] = block.Text },
            "server_result" => new JsonObject { ["type"] = "web_search_tool_result", ["tool_use_id"] = "s1", ["content"] = block.Text },
            _ => new JsonObject { ["type"] = "text", ["text"] = block.Text },
        };
        Set(json, "cache_control", block.Mark is null ? null : MarkOf(block.Mark));
        return json;
    }
}
