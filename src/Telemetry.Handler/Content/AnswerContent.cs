using System.Buffers;
using System.Text.Json;
using Telemetry.Handler.Content.Parts;
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
            var member = AnswerMembers.Of(ref json);
            json.Read();
            switch (json.TokenType)
            {
                case JsonTokenType.Number when member == AnswerMember.Index && json.TryGetInt64(out var number):
                    index = number;
                    break;
                case JsonTokenType.String when member is AnswerMember.Role or AnswerMember.Id:
                    ReadLabel(ref json, isRole: member == AnswerMember.Role);
                    break;
                case JsonTokenType.StartArray when member == AnswerMember.Content:
                    ReadBlocks(ref json);
                    break;
                case JsonTokenType.StartObject:
                    ReadObject(ref json, member, index);
                    break;
                default:
                    break;
            }

            json.Skip();
        }
    }

    private void ReadObject(ref Utf8JsonReader json, AnswerMember? member, long? index)
    {
        switch (member)
        {
            case AnswerMember.Message:
                ReadMembers(ref json);
                break;
            case AnswerMember.Block:
                Start(index ?? IndexBehind(json), ref json);
                break;
            case AnswerMember.Delta:
                ReadDelta(index ?? IndexBehind(json), ref json, AnswerMember.Text);
                break;
            default:
                break;
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

    // What Converse calls a text is thinking where it stands in reasoning.
    private void ReadDelta(long index, ref Utf8JsonReader json, AnswerMember textIs)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = AnswerMembers.Of(ref json);
            member = member == AnswerMember.Text ? textIs : member;
            json.Read();
            if (json.TokenType == JsonTokenType.String && AnswerMembers.PartOf(member) is { } type && Find(index, type) is { } block)
            {
                Append(block, ref json, member == AnswerMember.Input);
            }
            else if (json.TokenType == JsonTokenType.StartObject && member is AnswerMember.Reasoning or AnswerMember.Tool)
            {
                ReadDelta(index, ref json, member == AnswerMember.Reasoning ? AnswerMember.Thinking : textIs);
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
        return Add(new AnswerBlock(index, new ContentPart(type).With("name", type == AnswerMembers.ToolCall ? "unknown" : null)));
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

    private static long IndexBehind(Utf8JsonReader json)
    {
        json.Skip();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = AnswerMembers.Of(ref json) == AnswerMember.Index;
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
