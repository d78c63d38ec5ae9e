using System.Buffers;
using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Messages;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content;

/// <summary>
/// The content of an answer, collected from its documents as they pass. Its memory is bounded by a few times the bound of the
/// content; what comes after that is not kept.
/// </summary>
internal sealed class AnswerContent(ContentOptions options) : IAnswerTap
{
    private const string Assistant = "assistant";
    private const string Place = "capture content";
    private const string ToolCall = "tool_call";
    private const int MostBlocks = 4_096;
    private const int LongestRole = 64;

    /// <summary>What a document may hold beside content: usage, signatures, escapes.</summary>
    private const int DocumentBounds = 4;
    private const int DocumentExtra = 65_536;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    private readonly ArrayBufferWriter<byte> _document = new();
    private readonly long _longestDocument = ((long)DocumentBounds * options.MaxBytes) + DocumentExtra;
    private readonly List<AnswerBlock> _blocks = [];
    private int _left = options.MaxBytes;
    private string _role = Assistant;
    private string? _id;
    private bool _hasMessage;
    private bool _isCut;

    public void OnData(ReadOnlySpan<byte> part)
    {
        var room = (int)Math.Min(part.Length, _longestDocument - _document.WrittenCount);
        _isCut |= room < part.Length;
        _document.Write(part[..room]);
    }

    public void OnDocument()
    {
        Quietly.Run(Place, this, static content => content.ReadDocument());
        OnDropped();
    }

    public void OnDropped() => _document.ResetWrittenCount();

    /// <summary>The message so far.</summary>
    /// <param name="stopReason">Why the model stopped, as the API says; null where the answer broke off.</param>
    public ContentList ToList(string? stopReason)
    {
        var list = new ContentList(options.MaxBytes);
        if (_hasMessage)
        {
            list.Begin(_role).FinishReason = FinishReasons.Of(stopReason);
            foreach (var block in _blocks)
            {
                list.Add(block.ToPart(options.MaxBytes));
            }
        }

        list.IsCut |= _isCut;
        return list;
    }

    private void ReadDocument()
    {
        try
        {
            var json = new Utf8JsonReader(_document.WrittenSpan, ReaderOptions);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref json);
            }
        }
        catch (JsonException)
        {
            // What was read before stays: the beginning of an answer that broke off is worth having.
        }
    }

    // Documents are told apart by their members: an event has a block or a delta, a body and message_start have a message. Those of
    // Converse have other names for the same.
    private void ReadMembers(ref Utf8JsonReader json)
    {
        long? index = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMessage = JsonText.Is(ref json, "message"u8) || JsonText.Is(ref json, "output"u8);
            var isBlock = JsonText.Is(ref json, "content_block"u8) || JsonText.Is(ref json, "start"u8);
            var (isContent, isDelta) = (JsonText.Is(ref json, "content"u8), JsonText.Is(ref json, "delta"u8));
            var (isIndex, isRole, isId) = (IsIndex(ref json), JsonText.Is(ref json, "role"u8), JsonText.Is(ref json, "id"u8));
            json.Read();
            switch (json.TokenType)
            {
                case JsonTokenType.Number when isIndex && json.TryGetInt64(out var number):
                    index = number;
                    break;
                case JsonTokenType.String when isRole || isId:
                    ReadLabel(ref json, isRole);
                    break;
                case JsonTokenType.StartArray when isContent:
                    ReadBlocks(ref json);
                    break;
                case JsonTokenType.StartObject when isMessage:
                    ReadMembers(ref json);
                    break;
                case JsonTokenType.StartObject when isBlock:
                    Start(index ?? IndexBehind(json), ref json);
                    break;
                case JsonTokenType.StartObject when isDelta:
                    ReadDelta(index ?? IndexBehind(json), ref json);
                    break;
                default:
                    break;
            }

            json.Skip();
        }
    }

    private void ReadLabel(ref Utf8JsonReader json, bool isRole)
    {
        var text = JsonText.Beginning(ref json, LongestRole);
        if (isRole)
        {
            _role = SecretMask.Apply(text);
            _hasMessage = true;
        }
        else if (!string.Equals(_id, text, StringComparison.Ordinal))
        {
            // Another message takes the place of the one before it.
            _id = text;
            _blocks.Clear();
        }
    }

    private void ReadBlocks(ref Utf8JsonReader json)
    {
        _hasMessage = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Start(_blocks.Count, ref json);
        }
    }

    private void Start(long index, ref Utf8JsonReader json)
    {
        _hasMessage = true;
        var reader = new BlockReader(_left);
        if (reader.ReadBlock(ref json) is { } part)
        {
            Add(new AnswerBlock(index, part));
            _left -= (int)Math.Min(_left, part.Weight);
        }

        _isCut |= reader.IsCut;
    }

    private void ReadDelta(long index, ref Utf8JsonReader json, bool isReasoning = false)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isThinking) = (JsonText.Is(ref json, "text"u8), JsonText.Is(ref json, "thinking"u8));
            var isInput = JsonText.Is(ref json, "partial_json"u8) || JsonText.Is(ref json, "input"u8);
            var (isNestedReasoning, isNestedTool) = (JsonText.Is(ref json, "reasoningContent"u8), JsonText.Is(ref json, "toolUse"u8));
            json.Read();
            var type = isThinking || (isText && isReasoning) ? "reasoning" : isText ? "text" : isInput ? ToolCall : null;
            if (json.TokenType == JsonTokenType.String && type is not null && Find(index, type) is { } block)
            {
                Append(block, ref json, isInput);
            }
            else if (json.TokenType == JsonTokenType.StartObject && (isNestedReasoning || isNestedTool))
            {
                ReadDelta(index, ref json, isNestedReasoning);
            }

            json.Skip();
        }
    }

    private void Append(AnswerBlock block, ref Utf8JsonReader json, bool isInput)
    {
        _isCut |= json.ValueSpan.Length > _left;
        var text = JsonText.Beginning(ref json, _left);
        _left -= Math.Min(_left, text.Length);
        if (isInput)
        {
            block.AppendJson(text);
        }
        else
        {
            block.AppendText(text);
        }
    }

    // Deltas come for the block that was started last, as a rule. Where none of its kind was, they begin one.
    private AnswerBlock? Find(long index, string type)
    {
        for (var i = _blocks.Count - 1; i >= 0; i--)
        {
            if (_blocks[i].Index == index && string.Equals(_blocks[i].Type, type, StringComparison.Ordinal))
            {
                return _blocks[i];
            }
        }

        _hasMessage = true;
        return Add(new AnswerBlock(index, new ContentPart(type).With("name", type == ToolCall ? "unknown" : null)));
    }

    private AnswerBlock? Add(AnswerBlock block)
    {
        if (_blocks.Count == MostBlocks)
        {
            _isCut = true;
            return null;
        }

        _blocks.Add(block);
        return block;
    }

    private static bool IsIndex(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "index"u8) || JsonText.Is(ref json, "contentBlockIndex"u8);

    private static long IndexBehind(Utf8JsonReader json)
    {
        json.Skip();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = IsIndex(ref json);
            json.Read();
            if (isIndex && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var index))
            {
                return index;
            }

            json.Skip();
        }

        return 0;
    }
}
