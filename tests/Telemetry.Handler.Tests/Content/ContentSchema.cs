using System.Text.Json;
using Telemetry.Handler.Content;
using Xunit;

namespace Telemetry.Handler.Tests.Content;

/// <summary>The conventions' shapes of content, as far as they oblige anybody.</summary>
internal static class ContentSchema
{
    private static readonly Dictionary<string, string[]> RequiredOfParts = new(StringComparer.Ordinal)
    {
        ["text"] = ["content"],
        ["reasoning"] = ["content"],
        ["tool_call"] = ["name"],
        ["tool_call_response"] = ["response"],
        ["blob"] = ["modality", "content"],
        ["uri"] = ["modality", "uri"],
        ["file"] = ["modality", "file_id"],
        ["generic"] = ["name"],
        ["anthropic_redacted_thinking"] = [],
    };

    /// <summary>Every attribute is JSON that any reader takes, and has its shape.</summary>
    public static void AssertValid(CapturedContent content)
    {
        Each(content.SystemInstructions, AssertPart);
        Each(content.ToolDefinitions, static tool => AssertTexts(tool, "type", "name"));
        Each(content.InputMessages, AssertMessage);
        Each(content.OutputMessages, static message =>
        {
            AssertMessage(message);
            AssertTexts(message, "finish_reason");
        });
    }

    private static void Each(string? json, Action<JsonElement> check)
    {
        if (json is null)
        {
            return;
        }

        Assert.DoesNotContain('\0', json);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Array, document.RootElement.ValueKind);
        Assert.All(document.RootElement.EnumerateArray(), check);
    }

    private static void AssertMessage(JsonElement message)
    {
        AssertTexts(message, "role");
        Assert.All(message.GetProperty("parts").EnumerateArray(), AssertPart);
    }

    private static void AssertPart(JsonElement part)
    {
        AssertTexts(part, "type");
        var type = part.GetProperty("type").GetString()!;
        Assert.True(RequiredOfParts.TryGetValue(type, out var required), $"{type} is no part");
        Assert.All(required, name => Assert.True(part.TryGetProperty(name, out _), $"{type} has no {name}"));
        if (type is "text" or "reasoning" or "uri" or "file" or "blob")
        {
            AssertTexts(part, required);
        }
    }

    private static void AssertTexts(JsonElement value, params string[] names) =>
        Assert.All(names, name => Assert.Equal(JsonValueKind.String, value.GetProperty(name).ValueKind));
}
