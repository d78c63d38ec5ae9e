using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Telemetry.Handler.Tests.ToolRounds;

/// <summary>Builds requests in which tools are called.</summary>
internal sealed class ToolBody
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonArray _messages = [];
    private int _ids;

    /// <summary>The user speaks.</summary>
    public ToolBody Says(string text)
    {
        _messages.Add((JsonNode)new JsonObject { ["role"] = "user", ["content"] = text });
        return this;
    }

    /// <summary>One answer asks for tools, and the results come back in one message.</summary>
    public ToolBody Round(params (string Tool, string Input, string Result, bool IsError)[] calls)
    {
        var (uses, results) = (new JsonArray(), new JsonArray());
        foreach (var (tool, input, result, isError) in calls)
        {
            var id = $"toolu_{_ids++}";
            uses.Add((JsonNode)new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = tool, ["input"] = JsonNode.Parse(input) });
            var block = new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = result };
            if (isError)
            {
                block["is_error"] = true;
            }

            results.Add((JsonNode)block);
        }

        return Adds("assistant", uses).Adds("user", results);
    }

    /// <summary>One tool is called.</summary>
    public ToolBody Round(string tool, string input, string result, bool isError = false) => Round((tool, input, result, isError));

    /// <summary>Adds a message.</summary>
    public ToolBody Adds(string role, JsonArray content)
    {
        _messages.Add((JsonNode)new JsonObject { ["role"] = role, ["content"] = content });
        return this;
    }

    /// <summary>Adds a message.</summary>
    public ToolBody Adds(string role, string content) => Adds(role, JsonNode.Parse(content)!.AsArray());

    /// <summary>The request as text.</summary>
    public override string ToString() => new JsonObject { ["model"] = "claude-opus-5", ["max_tokens"] = 10, ["messages"] = _messages.DeepClone() }.ToJsonString();

    /// <summary>The request's bytes.</summary>
    public byte[] ToBytes(bool isIndented = false) => isIndented
        ? JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(ToString()), Indented)
        : Encoding.UTF8.GetBytes(ToString());
}
