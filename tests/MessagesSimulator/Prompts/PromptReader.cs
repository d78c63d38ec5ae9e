using System.Text.Json;
using MessagesSimulator.Errors;
using MessagesSimulator.Models;

namespace MessagesSimulator.Prompts;

/// <summary>Reads a request's body into a prompt, or refuses it as the API would.</summary>
internal static class PromptReader
{
    private const int AnswerPrefix = 3; // What opens the assistant's turn; never cached.

    public static Prompt Read(ReadOnlyMemory<byte> body, string betas, bool counting)
    {
        using var document = Parse(body);
        var request = document.RootElement;
        var requested = request.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw ApiException.Invalid("model: Field required");
        var model = ModelCatalog.Find(requested) ?? throw new ApiException(404, "not_found_error", $"model: {requested}");
        var settings = SettingsReader.Read(request, model, betas, counting);
        RefuseBadCombinations(settings);
        var list = ReadBlocks(request, model, settings);
        var tokens = list.Tokens + AnswerPrefix + (settings.ForcesTool ? model.ForcedToolPrompt - model.ToolPrompt : 0);
        if (tokens > model.ContextWindow)
        {
            throw ApiException.Invalid($"prompt is too long: {tokens} tokens > {model.ContextWindow} maximum");
        }

        return new Prompt
        {
            Model = model,
            Blocks = list.Blocks,
            Breakpoints = Breakpoints.Collect(list.Blocks, Breakpoints.MarkOf(request)),
            Tokens = tokens,
            Settings = settings,
            LastText = LastText(request),
        };
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw ApiException.Invalid("The request body must be a JSON object");
        }
        catch (JsonException fault)
        {
            throw ApiException.Invalid($"The request body is not valid JSON: {fault.Message}");
        }
    }

    private static BlockList ReadBlocks(JsonElement request, ModelCard model, RequestSettings settings)
    {
        var list = new BlockList(settings);
        list.Enter(PromptLevel.Tools);
        foreach (var tool in SettingsReader.Array(request, "tools"))
        {
            list.AddTool(tool, model.ToolPrompt);
        }

        list.Enter(PromptLevel.System);
        if (request.TryGetProperty("system", out var system) && system.ValueKind != JsonValueKind.Null)
        {
            list.AddContent(PromptLevel.System, "system", system);
        }

        list.Enter(PromptLevel.Messages);
        var messages = SettingsReader.Array(request, "messages");
        if (messages.Count == 0)
        {
            throw ApiException.Invalid("messages: at least one message is required");
        }

        foreach (var message in messages)
        {
            AddMessage(list, message);
        }

        return list;
    }

    private static void AddMessage(BlockList list, JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("role", out var role)
            || !message.TryGetProperty("content", out var content))
        {
            throw ApiException.Invalid("messages: every message needs a role and content");
        }

        list.AddContent(PromptLevel.Messages, role.GetString() ?? "", content);
    }

    private static void RefuseBadCombinations(RequestSettings settings)
    {
        var message = settings switch
        {
            { MaxTokens: < 0 } => "max_tokens: Input should be greater than or equal to 0",
            { MaxTokens: 0, Stream: true } => "max_tokens: 0 cannot be streamed",
            { MaxTokens: 0, Thinking: not null } => "max_tokens: 0 cannot be used with thinking",
            { MaxTokens: 0, ForcesTool: true } => "max_tokens: 0 cannot be used with a forced tool",
            { ThinkingBudget: { } budget, MaxTokens: var most } when budget >= most && most > 1 =>
                "max_tokens must be greater than thinking.budget_tokens",
            { ForcesTool: true, ToolNames.Count: 0 } => "tool_choice: tools are required",
            { ForcedTool: { } tool, ToolNames: var tools } when !tools.Contains(tool, StringComparer.Ordinal) => $"tool_choice: tool '{tool}' not found",
            _ => null,
        };
        if (message is not null)
        {
            throw ApiException.Invalid(message);
        }
    }

    private static string LastText(JsonElement request)
    {
        var last = SettingsReader.Array(request, "messages")[^1].GetProperty("content");
        if (last.ValueKind == JsonValueKind.String)
        {
            return last.GetString()!;
        }

        var text = last.EnumerateArray().LastOrDefault(block => block.GetProperty("type").ValueEquals("text"));
        return text.ValueKind == JsonValueKind.Object && text.TryGetProperty("text", out var value) ? value.GetString() ?? "" : "";
    }
}
