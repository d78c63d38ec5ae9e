using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content;

/// <summary>Reads content blocks of the Messages API into parts. Signatures, encrypted and binary data are not even looked at.</summary>
/// <param name="maxBytes">The most that is taken of one text.</param>
internal ref struct BlockReader(int maxBytes)
{
    private const string Unknown = "unknown";

    // A tool's result holds blocks of its own.
    private const int DeepestBlocks = 4;

    /// <summary>Whether a text was longer than what is taken.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the content of a message: a text, or a list of blocks.</summary>
    public void ReadContent(ref Utf8JsonReader json, ContentList into)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            into.Add(new ContentPart("text").WithText("content", Text(ref json)));
        }
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (ReadBlock(ref json) is { } part)
                {
                    into.Add(part);
                }
            }
        }
        else
        {
            json.Skip();
        }

        into.IsCut |= IsCut;
    }

    /// <summary>Reads one block; the reader is on its end then.</summary>
    public ContentPart? ReadBlock(ref Utf8JsonReader json) => ReadBlock(ref json, depth: 0);

    private ContentPart? ReadBlock(ref Utf8JsonReader json, int depth)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var block = default(Block);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, ref block);
            json.Skip();
        }

        return ToPart(block, depth);
    }

    private void ReadMember(ref Utf8JsonReader json, ref Block block)
    {
        var name = json.ValueIsEscaped ? [] : json.ValueSpan;
        var isText = name.SequenceEqual("text"u8) || name.SequenceEqual("thinking"u8);
        var isBody = name.SequenceEqual("content"u8) || name.SequenceEqual("input"u8);
        var isSource = name.SequenceEqual("source"u8);
        var label = Block.LabelOf(name);
        json.Read();
        if (label is { } known)
        {
            block.Set(known, json.TokenType == JsonTokenType.String ? JsonText.Read(ref json) : null);
        }
        else if (isText && json.TokenType == JsonTokenType.String)
        {
            block.Text = Text(ref json);
        }
        else if (isBody)
        {
            block.Body = json;
            block.HasBody = true;
        }
        else if (isSource && json.TokenType == JsonTokenType.StartObject)
        {
            var source = ReadSource(ref json);
            (block.MediaType, block.Uri, block.FileId) = (source.MediaType, source.Uri, source.FileId ?? block.FileId);
        }
    }

    private static Block ReadSource(ref Utf8JsonReader json)
    {
        var source = default(Block);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var label = json.ValueIsEscaped ? null : Block.LabelOf(json.ValueSpan);
            json.Read();
            if (label is { } known && json.TokenType == JsonTokenType.String)
            {
                source.Set(known, JsonText.Read(ref json));
            }

            json.Skip();
        }

        return source;
    }

    private ContentPart ToPart(in Block block, int depth) => block.Type switch
    {
        "text" => new ContentPart("text").WithText("content", block.Text ?? ""),
        "thinking" => new ContentPart("reasoning").WithText("content", block.Text ?? ""),
        "redacted_thinking" => new ContentPart("anthropic_redacted_thinking"),
        "tool_use" or "server_tool_use" or "mcp_tool_use" => ToolCall(block),
        "image" or "document" or "video" or "audio" or "container_upload" => Media(block),
        { } type when type.EndsWith("tool_result", StringComparison.Ordinal) => ToolResponse(block, depth),
        _ => Other(block),
    };

    private ContentPart ToolCall(in Block block)
    {
        var part = new ContentPart("tool_call").With("id", block.Id).With("name", block.Name ?? Unknown);
        return block.HasBody ? WithJson(part, "arguments", block.Body) : part;
    }

    private ContentPart ToolResponse(in Block block, int depth)
    {
        var part = new ContentPart("tool_call_response").With("id", block.ToolUseId ?? block.Id);
        if (!block.HasBody)
        {
            return part.WithText("response", "");
        }

        // A tool's own blocks are mapped as those of messages; results of the provider's tools have other shapes and are copied.
        return block.Type == "tool_result" && block.Body.TokenType == JsonTokenType.StartArray && depth < DeepestBlocks
            ? part.WithJson("response", Blocks(block.Body, depth))
            : WithJson(part, "response", block.Body);
    }

    private JsonBody Blocks(Utf8JsonReader json, int depth)
    {
        var output = new JsonOutput();
        output.BeginArray();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (ReadBlock(ref json, depth + 1) is not { } part)
            {
                continue;
            }

            if (part.Render(maxBytes - output.Length, out var isShortened) is not { } rendered)
            {
                IsCut = true;
                break;
            }

            IsCut |= isShortened;
            output.Raw(rendered);
        }

        output.EndArray();
        return new JsonBody(output.ToArray(), null, IsCut: false);
    }

    private ContentPart WithJson(ContentPart part, string name, Utf8JsonReader json)
    {
        var body = JsonCopy.Copy(ref json, maxBytes);
        IsCut |= body.IsCut;
        return part.WithJson(name, body);
    }

    private static ContentPart Media(in Block block)
    {
        var modality = block.Type == "container_upload" ? "document" : block.Type;
        if (block.FileId is { } file)
        {
            return new ContentPart("file").With("modality", modality).With("file_id", file);
        }

        return block.Uri is { } uri
            ? new ContentPart("uri").With("modality", modality).With("mime_type", block.MediaType).With("uri", UriText.WithoutSecrets(uri))
            : new ContentPart("blob").With("modality", modality).With("mime_type", block.MediaType).With("content", "");
    }

    // The name of its type is all that is known of it; what it holds could be anything.
    private static ContentPart Other(in Block block) => new ContentPart("generic").With("name", block.Type ?? Unknown);

    private string Text(ref Utf8JsonReader json)
    {
        IsCut |= json.ValueSpan.Length > maxBytes;
        return SecretMask.Apply(JsonText.Beginning(ref json, maxBytes));
    }
}
