using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Testing.Recorded;

/// <summary>Reads the recorded requests of which the input is known.</summary>
public static class RecordedPrompts
{
    private static readonly string[] Endpoints = ["messages", "invoke", "invoke-with-response-stream", "rawPredict", "streamRawPredict", "messages-mantle"];

    private static readonly string[] OwnBlocks =
        ["text", "tool_use", "tool_result", "thinking", "redacted_thinking"];

    // What makes the provider add input of its own.
    private static readonly string[] OwnMembers = ["mcp_servers", "container", "context_management", "thread"];

    /// <summary>Reads them in the order of the recordings; a request that was made several times is there once.</summary>
    /// <param name="path">The recordings, JSON lines, gzip.</param>
    public static IEnumerable<RecordedPrompt> Read(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            if (Prompt(row.RootElement) is { } prompt && seen.Add(Identity(row.RootElement, prompt)))
            {
                yield return prompt;
            }
        }
    }

    private static RecordedPrompt? Prompt(JsonElement row)
    {
        if (!Endpoints.Contains(Text(row, "endpoint")) || row.GetProperty("status").GetInt32() != 200
            || Object(row, "request") is not { } request || Object(row, "usage") is not { } usage)
        {
            return null;
        }

        // What a stream says first is the request's alone; later figures may have other requests of the server's in them.
        var told = Object(row, "usage_message_start") ?? usage;
        var input = Number(told, "input_tokens") + Number(told, "cache_creation_input_tokens") + Number(told, "cache_read_input_tokens");
        return input <= 0 ? null : new RecordedPrompt
        {
            Id = Text(row, "id")!,
            Source = Text(row, "source")!.Split('@')[0],
            Model = Text(row, "model") ?? Text(request, "model") ?? "",
            Body = Text(row, "request_raw_b64") is { } raw ? Convert.FromBase64String(raw) : Encoding.UTF8.GetBytes(request.GetRawText()),
            Betas = Object(row, "request_headers") is { } headers ? Text(headers, "anthropic-beta") ?? "" : "",
            Thinking = Object(request, "thinking") is { } thinking ? Text(thinking, "type") : null,
            Input = input,
            IsTextOnly = !OwnMembers.Any(member => request.TryGetProperty(member, out _)) && Tools(request) && Blocks(request),
        };
    }

    private static bool Tools(JsonElement request) => !request.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array
        || tools.EnumerateArray().All(tool => Text(tool, "type") is null or "custom");

    private static bool Blocks(JsonElement request) => request.TryGetProperty("messages", out var messages)
        && messages.ValueKind == JsonValueKind.Array
        && messages.EnumerateArray().All(message => message.TryGetProperty("content", out var content) && Own(content));

    private static bool Own(JsonElement content) => content.ValueKind != JsonValueKind.Array
        || content.EnumerateArray().All(block => OwnBlocks.Contains(Text(block, "type"))
            && (!block.TryGetProperty("content", out var inner) || Own(inner)));

    private static string Identity(JsonElement row, RecordedPrompt prompt)
    {
        var body = row.GetProperty("request").GetRawText()
            .Replace("\"stream\":true", "", StringComparison.Ordinal).Replace("\"stream\":false", "", StringComparison.Ordinal);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body + prompt.Model)));
    }

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;
}
