using System.Text;
using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content.Parts;

/// <summary>Reads content blocks of the Messages API into parts. Signatures, encrypted and binary data are not even looked at.</summary>
/// <param name="maxBytes">The most that is taken of one text.</param>
internal ref struct BlockReader(int maxBytes)
{
    private const string Unknown = "unknown";
    private const string Thinking = "thinking";

    // Converse puts an image's place into its source into the image into the block.
    private const int DeepestNesting = 4;

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
        ReadMembers(ref json, ref block, nesting: 0);
        return block.IsMark ? null : ToPart(block, depth);
    }

    private void ReadMembers(ref Utf8JsonReader json, ref Block block, int nesting)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, ref block, nesting);
            json.Skip();
        }
    }

    private void ReadMember(ref Utf8JsonReader json, ref Block block, int nesting)
    {
        var member = Block.Members.Find(ref json);
        json.Read();
        switch (member)
        {
            case null:
                break;
            case <= Block.Member.LastLabel:
                block.Set(member.Value, json.TokenType == JsonTokenType.String ? JsonText.Read(ref json) : null);
                break;
            case Block.Member.Text:
                block.Text = json.TokenType == JsonTokenType.String ? Text(ref json) : block.Text;
                break;
            case Block.Member.Body or Block.Member.Json:
                block.Body = json;
                block.HasBody = true;
                block.IsJson |= member == Block.Member.Json;
                break;
            case Block.Member.Mark:
                block.IsMark = true;
                break;
            default:
                ReadNested(ref json, ref block, member.Value, nesting);
                break;
        }
    }

    private void ReadNested(ref Utf8JsonReader json, ref Block block, Block.Member member, int nesting)
    {
        // A source's own type is how it is encoded.
        var type = member == Block.Member.Source ? block.Type : TypeOf(member);
        if (json.TokenType == JsonTokenType.StartObject && nesting < DeepestNesting && (block.Type is null or Thinking || member == Block.Member.Source))
        {
            ReadMembers(ref json, ref block, nesting + 1);
            block.Type = type;
        }
    }

    private static string TypeOf(Block.Member member) => member switch
    {
        Block.Member.ToolUse => "tool_use",
        Block.Member.ToolResult => "tool_result",
        Block.Member.Reasoning => Thinking,
        Block.Member.Image => "image",
        Block.Member.Video => "video",
        _ => "document",
    };

    private ContentPart ToPart(in Block block, int depth) => (block.Type ?? (block.Text is null ? null : "text")) switch
    {
        "text" => new ContentPart("text").WithText("content", block.Text ?? ""),
        Thinking when block.Text is null => new ContentPart("anthropic_redacted_thinking"),
        Thinking => new ContentPart("reasoning").WithText("content", block.Text ?? ""),
        "redacted_thinking" => new ContentPart("anthropic_redacted_thinking"),
        "tool_use" or "server_tool_use" or "mcp_tool_use" => ToolCall(block),
        "image" or "document" or "video" or "audio" or "container_upload" => Media(block),
        { } type when type.EndsWith("tool_result", StringComparison.Ordinal) => ToolResponse(block, depth),
        null when block.IsJson => new ContentPart("text").WithText("content", AsText(block.Body)),
        _ => Other(block),
    };

    private string AsText(Utf8JsonReader json)
    {
        var body = JsonCopy.Copy(ref json, maxBytes);
        IsCut |= body.IsCut;
        return body.Text ?? Encoding.UTF8.GetString(body.Json ?? []);
    }

    private ContentPart ToolCall(in Block block)
    {
        var part = new ContentPart("tool_call").With("id", block.Id ?? block.ToolUseId).With("name", block.Name ?? Unknown);
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
        var mediaType = block.MediaType ?? (block.Format is { } format ? $"{(modality == "document" ? "application" : modality)}/{format}" : null);
        if (block.FileId is { } file)
        {
            return new ContentPart("file").With("modality", modality).With("file_id", file);
        }

        return block.Uri is { } uri
            ? new ContentPart("uri").With("modality", modality).With("mime_type", mediaType).With("uri", UriText.WithoutSecrets(uri))
            : new ContentPart("blob").With("modality", modality).With("mime_type", mediaType).With("content", "");
    }

    // The name of its type is all that is known of it; what it holds could be anything.
    private static ContentPart Other(in Block block) => new ContentPart("generic").With("name", block.Type ?? Unknown);

    private string Text(ref Utf8JsonReader json)
    {
        IsCut |= json.ValueSpan.Length > maxBytes;
        return SecretMask.Apply(JsonText.Beginning(ref json, maxBytes));
    }
}
