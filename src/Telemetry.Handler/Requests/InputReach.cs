using System.Text.Json;

namespace Telemetry.Handler.Requests;

/// <summary>
/// Whether all of a request's input stands in its body, so that the body's size bounds it, and what of the body is no text.
/// What is not known here counts as reaching beyond it.
/// </summary>
internal sealed class InputReach
{
    /// <summary>Whether input comes from elsewhere: files, addresses, server tools, other models, documents of many pages.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the server may do more than answer: run tools, ask other models, fall back to one.</summary>
    public bool HasServerWork { get; private set; }

    /// <summary>Images in the body.</summary>
    public int Images { get; private set; }

    /// <summary>Tools of Anthropic's that the caller runs; their descriptions are not in the body.</summary>
    public int KnownTools { get; private set; }

    /// <summary>Bytes of the body that are images in base64.</summary>
    public long BinaryBytes { get; private set; }

    /// <summary>Takes the name of a member of the body that is not read otherwise.</summary>
    public void Member(ref Utf8JsonReader json)
    {
        var isHarmless = JsonText.Is(ref json, "stop_sequences"u8) || JsonText.Is(ref json, "tool_choice"u8)
            || JsonText.Is(ref json, "requestMetadata"u8) || JsonText.Is(ref json, "performanceConfig"u8);
        if (!isHarmless)
        {
            // A compaction comes before the answer and shows in it.
            IsOpen = true;
            HasServerWork |= !JsonText.Is(ref json, "context_management"u8);
        }
    }

    /// <summary>Takes a member of a content block or of a tool; the reader is on its name, and then on its value or its end.</summary>
    public void Block(ref Utf8JsonReader json, bool isTool)
    {
        var isType = JsonText.Is(ref json, "type"u8);
        var isSource = !isType && !isTool && JsonText.Is(ref json, "source"u8);

        // A block of Converse is named by its member.
        var isMedia = !isTool && (JsonText.Is(ref json, "image"u8) || JsonText.Is(ref json, "document"u8) || JsonText.Is(ref json, "video"u8));
        json.Read();
        if (isSource)
        {
            Source(ref json);
        }
        else if (isType && isTool)
        {
            Tool(ref json);
        }
        else if (isType)
        {
            Type(ref json);
        }
        else if (isMedia)
        {
            IsOpen = true;
        }
    }

    private void Type(ref Utf8JsonReader json) => IsOpen |= !(
        JsonText.Is(ref json, "text"u8) || JsonText.Is(ref json, "tool_use"u8) || JsonText.Is(ref json, "tool_result"u8)
        || JsonText.Is(ref json, "thinking"u8) || JsonText.Is(ref json, "image"u8) || JsonText.Is(ref json, "document"u8)
        || JsonText.Is(ref json, "redacted_thinking"u8) || JsonText.Is(ref json, "search_result"u8));

    // The caller's own, one of Anthropic's that the caller runs, or one that the server runs.
    private void Tool(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null || JsonText.Is(ref json, "custom"u8))
        {
            return;
        }

        KnownTools++;
        if (!(IsLike(ref json, "bash_"u8) || IsLike(ref json, "text_editor_"u8) || IsLike(ref json, "memory_"u8) || IsLike(ref json, "computer_"u8)))
        {
            IsOpen = HasServerWork = true;
        }
    }

    // Of an image or a document; an image's data is not text.
    private void Source(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        var (isBase64, isText, isImage) = (false, false, false);
        var data = 0L;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = JsonText.Is(ref json, "type"u8);
            var isMedia = JsonText.Is(ref json, "media_type"u8);
            var isData = JsonText.Is(ref json, "data"u8);
            json.Read();
            isBase64 |= isType && JsonText.Is(ref json, "base64"u8);
            isText |= isType && JsonText.Is(ref json, "text"u8);
            isImage |= isMedia && IsLike(ref json, "image/"u8);
            data = isData && json.TokenType == JsonTokenType.String ? json.ValueSpan.Length : data;
            json.Skip();
        }

        if (isBase64 && isImage)
        {
            Images++;
            BinaryBytes += data;
        }
        else
        {
            IsOpen |= !isText;
        }
    }

    private static bool IsLike(ref Utf8JsonReader json, ReadOnlySpan<byte> start) =>
        json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && json.ValueSpan.StartsWith(start);
}
