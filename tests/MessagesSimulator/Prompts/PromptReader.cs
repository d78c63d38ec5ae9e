using System.Text.Json;
using MessagesSimulator.Editing;
using MessagesSimulator.Errors;
using MessagesSimulator.Models;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Prompts;

/// <summary>Reads a request's body into a prompt, or refuses it as the API would.</summary>
/// <param name="rule">How tokens are counted.</param>
/// <param name="keys">What the cache's key depends on, where the documentation leaves it open.</param>
internal sealed class PromptReader(TokenRule rule, CacheKeyRules keys)
{
    public Prompt Read(ReadOnlyMemory<byte> body, string betas, bool counting)
    {
        using var document = Parse(body);
        var request = document.RootElement;
        var requested = request.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw ApiException.Invalid("model: Field required");
        var model = ModelCatalog.Find(requested) ?? throw new ApiException(404, "not_found_error", $"model: {requested}");
        var settings = SettingsReader.Read(request, model, betas, counting);
        RefuseBadCombinations(settings);
        var list = ReadBlocks(request, model, settings, new HashSet<string>());
        if (ContextEdits.Cleared(request, list.Tokens) is { Count: > 0 } cleared)
        {
            list = ReadBlocks(request, model, settings, cleared);
        }

        var forced = settings.ForcesTool && rule.HasHiddenToolPrompt ? model.ForcedToolPrompt - model.ToolPrompt : 0;
        var tokens = list.Tokens + rule.PerAnswer + forced;
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

    private BlockList ReadBlocks(JsonElement request, ModelCard model, RequestSettings settings, IReadOnlySet<string> cleared)
    {
        var list = new BlockList(settings, rule, keys) { ClearedCalls = cleared };
        list.Enter(PromptLevel.Tools);
        foreach (var tool in SettingsReader.Array(request, "tools"))
        {
            list.AddTool(tool, rule.HasHiddenToolPrompt ? model.ToolPrompt : 0);
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

        var forgotten = settings.Thinking is not null && model.ForgetsThinking ? LastSpeech(messages) : 0;
        for (var i = 0; i < messages.Count; i++)
        {
            AddMessage(list, messages[i], forgetsThinking: i < forgotten);
        }

        return list;
    }

    /// <summary>The last message in which a user says something that is no tool's result: what was thought before is forgotten.</summary>
    private static int LastSpeech(IReadOnlyList<JsonElement> messages)
    {
        for (var i = messages.Count - 1; i > 0; i--)
        {
            if (SettingsReader.Text(messages[i], "role") is "user"
                && (SettingsReader.Text(messages[i], "content") is not null
                    || SettingsReader.Array(messages[i], "content").Any(block => SettingsReader.Text(block, "type") is not "tool_result")))
            {
                return i;
            }
        }

        return 0;
    }

    private static void AddMessage(BlockList list, JsonElement message, bool forgetsThinking)
    {
        if (message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("role", out var role)
            || !message.TryGetProperty("content", out var content))
        {
            throw ApiException.Invalid("messages: every message needs a role and content");
        }

        if (message.TryGetProperty("output_config", out var settings))
        {
            list.AddAside(settings.GetRawText());
        }

        list.AddContent(PromptLevel.Messages, role.GetString() ?? "", content, forgetsThinking);
    }

    private static void RefuseBadCombinations(RequestSettings settings)
    {
        var message = settings switch
        {
            { MaxTokens: < 0 } => "max_tokens: Input should be greater than or equal to 0",
            { MaxTokens: 0, Stream: true } => "max_tokens: 0 cannot be streamed",
            { MaxTokens: 0, Thinking: "enabled" } => "max_tokens: 0 cannot be used with thinking",
            { MaxTokens: 0, OutputFormat: not null } => "max_tokens: 0 cannot be used with output_config.format",
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
