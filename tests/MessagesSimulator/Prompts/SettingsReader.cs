using System.Text.Json;
using MessagesSimulator.Errors;
using MessagesSimulator.Models;

namespace MessagesSimulator.Prompts;

/// <summary>Reads everything of a request that is no part of the prompt's text.</summary>
internal static class SettingsReader
{
    public static RequestSettings Read(JsonElement request, ModelCard model, string betas, bool counting)
    {
        var thinking = Object(request, "thinking");
        var choice = Object(request, "tool_choice");
        var mode = Text(thinking, "type");
        var forced = Text(choice, "type");
        var tools = Array(request, "tools");
        var effort = Text(Object(request, "output_config"), "effort");
        return new RequestSettings
        {
            MaxTokens = counting ? 1 : MaxTokens(request, model),
            Stream = request.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
            Thinking = mode is "disabled" ? null : mode,
            ThinkingBudget = Number(thinking, "budget_tokens"),
            ThinkingHidden = Text(thinking, "display") is "omitted",
            Effort = string.Equals(effort, model.DefaultEffort, StringComparison.Ordinal) ? null : effort,
            OutputFormat = Object(Object(request, "output_config"), "format")?.GetRawText(),
            BudgetLeft = Number(Object(Object(request, "output_config"), "task_budget"), "remaining"),
            ContextManagement = Object(request, "context_management")?.GetRawText(),
            ToolChoice = IsPlainAuto(choice) ? null : choice?.GetRawText(),
            ForcesTool = forced is "any" or "tool",
            ForcedTool = Text(choice, "name"),
            ToolNames = [.. tools.Select(tool => Text(tool, "name") ?? "")],
            StopSequences = [.. Array(request, "stop_sequences").Select(sequence => sequence.GetString()!)],
            Fast = Text(request, "speed") is "fast",
            InferenceGeo = Text(request, "inference_geo"),
            HasImages = Array(request, "messages").Any(HasImage),
            HasCitations = Array(request, "messages").Any(HasCitations),
            HasServerSearch = tools.Any(tool => Text(tool, "type") is { } type && type.StartsWith("web_", StringComparison.Ordinal)),
            Betas = InOrder(betas),
            AsksDiagnostics = Object(request, "diagnostics") is not null,
            PreviousMessageId = Text(Object(request, "diagnostics"), "previous_message_id"),
        };
    }

    public static IReadOnlyList<JsonElement> Array(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];

    private static int MaxTokens(JsonElement request, ModelCard model)
    {
        var most = Number(request, "max_tokens") ?? throw ApiException.Invalid("max_tokens: Field required");
        return most <= model.MaxOutput
            ? most
            : throw ApiException.Invalid($"max_tokens: {most} > {model.MaxOutput}, which is the maximum allowed number of output tokens for {model.Id}");
    }

    private static bool IsPlainAuto(JsonElement? choice) =>
        Text(choice, "type") is "auto" && choice?.TryGetProperty("disable_parallel_tool_use", out _) == false;

    private static bool HasImage(JsonElement message) => Array(message, "content")
        .Any(block => Text(block, "type") is "image" || Array(block, "content").Any(inner => Text(inner, "type") is "image"));

    private static bool HasCitations(JsonElement message) => Array(message, "content")
        .Any(block => Object(block, "citations") is { } citations
            && citations.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.True);

    private static string InOrder(string betas) => string.Join(
        ',',
        betas.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));

    private static JsonElement? Object(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    public static string? Text(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            ? number
            : null;
}
