using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagesSimulator.Replies;

namespace MessagesSimulator.Wire;

/// <summary>Messages and errors as JSON, with the key order of the newest answers.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode node) => node.ToJsonString(s_plain);

    public static JsonObject Whole(ServedAnswer served)
    {
        var answer = served.Answer;
        var content = new JsonArray([.. answer.Blocks.Select(block => Block(answer, block, filled: true))]);
        return Envelope(served, content, Ending(answer), UsageJson.Whole(served));
    }

    /// <summary>The message of <c>message_start</c>: no content, no end.</summary>
    /// <param name="served">The answer.</param>
    /// <returns>The message.</returns>
    public static JsonObject Opening(ServedAnswer served)
    {
        var open = new JsonObject { ["stop_reason"] = null, ["stop_sequence"] = null, ["stop_details"] = null };
        return Envelope(served, [], open, UsageJson.Opening(served));
    }

    /// <summary>The end of a message, as in <c>message_delta</c>.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The stop reason and what belongs to it.</returns>
    public static JsonObject Ending(Answer answer) => new()
    {
        ["stop_reason"] = answer.StopReason,
        ["stop_sequence"] = answer.StopSequence,
        ["stop_details"] = answer.StopReason is "refusal"
            ? new JsonObject { ["type"] = "refusal", ["category"] = answer.RefusalCategory, ["explanation"] = null }
            : null,
    };

    /// <summary>A block, filled, or empty as <c>content_block_start</c> has it.</summary>
    /// <param name="answer">The answer it belongs to.</param>
    /// <param name="block">The block.</param>
    /// <param name="filled">Whether its content is there.</param>
    /// <returns>The block.</returns>
    public static JsonObject Block(Answer answer, AnswerBlock block, bool filled) => block.Kind switch
    {
        ReplyBlockKind.Thinking => new()
        {
            ["type"] = "thinking",
            ["thinking"] = filled && !block.Hidden ? block.Text : "",
            ["signature"] = filled ? Signature(answer) : "",
        },
        ReplyBlockKind.ToolUse => new()
        {
            ["type"] = "tool_use",
            ["id"] = block.ToolId,
            ["name"] = block.ToolName,
            ["input"] = filled ? InputOf(block) : new JsonObject(),
            ["caller"] = new JsonObject { ["type"] = "direct" },
        },
        _ => new() { ["type"] = "text", ["text"] = filled ? block.Text : "" },
    };

    public static JsonObject Error(string type, string message, string? requestId)
    {
        var error = new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        };
        if (requestId is not null)
        {
            error["request_id"] = requestId;
        }

        return error;
    }

    /// <summary>A signature of the usual shape; it signs nothing.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The signature.</returns>
    public static string Signature(Answer answer) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{answer.Model} {answer.MessageId}"));

    /// <summary>A tool's input; when the answer was cut within it, the API too gives an empty object.</summary>
    private static JsonNode InputOf(AnswerBlock block)
    {
        try
        {
            return JsonNode.Parse(block.Text) ?? new JsonObject();
        }
        catch (JsonException)
        {
            return new JsonObject();
        }
    }

    private static JsonObject Envelope(ServedAnswer served, JsonArray content, JsonObject ending, JsonObject usage)
    {
        var answer = served.Answer;
        var message = new JsonObject
        {
            ["model"] = answer.Model,
            ["id"] = answer.MessageId,
            ["type"] = "message",
            ["role"] = "assistant",
            ["content"] = content,
        };
        foreach (var (name, value) in ending.ToList())
        {
            ending.Remove(name);
            message[name] = value;
        }

        message["usage"] = usage;
        if (served.Diagnostics is { } diagnostics)
        {
            message["diagnostics"] = diagnostics.ToJson();
        }

        return message;
    }
}
