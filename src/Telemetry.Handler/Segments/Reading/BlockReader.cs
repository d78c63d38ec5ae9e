using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Reads one block: finds out what it is, and writes down what the model reads of it, then its parameters.</summary>
internal sealed class BlockReader(SegmentHasher hasher) : IDisposable
{
    // A tool's result holds blocks of its own.
    private const int MaxNesting = 4;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly CanonicalText _text = new();

    // The members of the block at hand, those of blocks within it above them.
    private readonly MemberList _members = new();

    /// <summary>Reads content that is a string alone: one text.</summary>
    public void ReadString(in BlockPlace place, ref Utf8JsonReader json)
    {
        Clear();
        var start = (int)json.TokenStartIndex;
        _text.AppendString(json.ValueSpan);
        Tell(place, new BlockDraft(0, SegmentKind.Text, start, (int)json.BytesConsumed - start), _text.Length, CacheLifetime.None);
    }

    /// <summary>Reads the block that the reader stands on, and leaves the reader at its end.</summary>
    public void Read(in BlockPlace place, int block, ref Utf8JsonReader json)
    {
        Clear();
        var start = (int)json.TokenStartIndex;
        var firstMedia = place.Prompt.Media.Count;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            place.Prompt.Faults |= SegmentFaults.UnknownBlock;
            var rest = (int)json.BytesConsumed - start;
            _text.AppendCompact(place.Body.Slice(start, rest));
            Tell(place, new BlockDraft(block, SegmentKind.Unknown, start, rest), _text.Length, CacheLifetime.None);
            return;
        }

        _members.Scan(ref json);
        var length = (int)json.BytesConsumed - start;
        var kind = place.Level == CacheLevel.Tools ? BlockKinds.OfTool(place.Body, _members) : BlockKinds.OfBlock(place.Body, _members);
        if (kind == SegmentKind.Unknown)
        {
            place.Prompt.Faults |= SegmentFaults.UnknownBlock;
        }

        var breakpoint = CacheLifetime.None;
        foreach (var member in _members.All)
        {
            breakpoint = member.Name == MemberName.CacheControl ? CacheControl.Read(place.Body.Slice(member.Start, member.Length)) : breakpoint;
        }

        WriteText(place, kind, first: 0, nesting: 0);
        var textLength = _text.Length;
        WriteParameters(place.Body, kind, hasMedia: place.Prompt.Media.Count > firstMedia);
        Tell(place, new BlockDraft(block, kind, start, length) { FirstMedia = firstMedia }, textLength, breakpoint);
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    // A body that breaks off within a block leaves what was read of it.
    private void Clear()
    {
        _text.Clear();
        _members.CutTo(0);
    }

    private void Tell(in BlockPlace place, in BlockDraft block, int textLength, CacheLifetime breakpoint)
    {
        var media = place.Prompt.Media.Count;
        var segment = new Segment
        {
            Level = place.Level,
            Kind = block.Kind,
            Role = place.Role,
            Message = place.Message,
            Block = block.Number,
            Start = block.Start,
            Length = block.Length,
            Hash = hasher.Of(block.Kind, textLength, _text.Written),
            TextLength = textLength,
            Breakpoint = breakpoint,
            Media = (block.FirstMedia ?? media, media - (block.FirstMedia ?? media)),
        };
        var tokens = place.Counter?.Count(segment, _text.Written[..textLength]) ?? 0;
        place.Prompt.Segments.Add(segment with { Tokens = tokens });
    }

    private void WriteText(in BlockPlace place, SegmentKind kind, int first, int nesting)
    {
        switch (kind)
        {
            case SegmentKind.Text:
                WriteString(place.Body, first, MemberName.Text);
                break;
            case SegmentKind.Thinking:
                WriteString(place.Body, first, MemberName.Thinking);
                break;
            case SegmentKind.ToolUse or SegmentKind.ServerToolUse:
                WriteString(place.Body, first, MemberName.Name);
                WriteCompact(place.Body, first, MemberName.Input);
                break;
            case SegmentKind.Tool:
                WriteTool(place.Body, first);
                break;
            case SegmentKind.ToolResult or SegmentKind.Compaction:
                WriteContent(place, first, nesting);
                break;
            case SegmentKind.Image or SegmentKind.Document:
                WriteMedia(place, kind == SegmentKind.Document, first, nesting);
                break;
            case SegmentKind.RedactedThinking:
                break;
            default:
                WriteWhole(place.Body, first);
                break;
        }
    }

    // What the hash must tell apart beyond the text. What is text already, the breakpoint and the ids of tool calls are left out:
    // ids are made anew by some clients, and the model does not read them.
    private void WriteParameters(ReadOnlySpan<byte> body, SegmentKind kind, bool hasMedia)
    {
        foreach (var member in _members.All)
        {
            var isText = BlockKinds.IsText(kind, member.Name) || (member.Name == MemberName.Content && !hasMedia && kind == SegmentKind.ToolResult);
            if (!isText)
            {
                _text.Append(body.Slice(member.NameStart, member.NameLength));
                _text.Append(":"u8);
                _text.AppendCompact(body.Slice(member.Start, member.Length));
            }
        }
    }

    private void WriteString(ReadOnlySpan<byte> body, int first, MemberName name)
    {
        if (_members.Find(first, name) is { Length: >= 2 } member && body[member.Start] == '"')
        {
            _text.AppendString(body.Slice(member.Start + 1, member.Length - 2));
        }
    }

    private void WriteCompact(ReadOnlySpan<byte> body, int first, MemberName name)
    {
        if (_members.Find(first, name) is { Length: > 0 } member)
        {
            _text.AppendCompact(body.Slice(member.Start, member.Length));
        }
    }

    // {"name":…,"description":…,"input_schema":…}: as the model is shown it, whatever the order in the request.
    private void WriteTool(ReadOnlySpan<byte> body, int first)
    {
        var separator = (byte)'{';
        foreach (var name in (ReadOnlySpan<MemberName>)[MemberName.Name, MemberName.Description, MemberName.InputSchema])
        {
            if (_members.Find(first, name) is { Length: > 0 } member)
            {
                _text.Append([separator, (byte)'"']);
                _text.Append(body.Slice(member.NameStart, member.NameLength));
                _text.Append("\":"u8);
                _text.AppendCompact(body.Slice(member.Start, member.Length));
                separator = (byte)',';
            }
        }

        _text.Append("}"u8);
    }

    private void WriteWhole(ReadOnlySpan<byte> body, int first)
    {
        for (var i = first; i < _members.Count; i++)
        {
            if (_members[i].Name is not (MemberName.CacheControl or MemberName.Signature))
            {
                _text.Append(body.Slice(_members[i].NameStart, _members[i].NameLength));
                _text.Append(":"u8);
                _text.AppendCompact(body.Slice(_members[i].Start, _members[i].Length));
            }
        }
    }

    private void WriteContent(in BlockPlace place, int first, int nesting)
    {
        if (_members.Find(first, MemberName.Content) is not { Length: > 0 } content)
        {
            return;
        }

        if (place.Body[content.Start] == '"')
        {
            WriteString(place.Body, first, MemberName.Content);
            return;
        }

        if (place.Body[content.Start] != '[' || nesting >= MaxNesting)
        {
            _text.AppendCompact(place.Body.Slice(content.Start, content.Length));
            return;
        }

        WriteInner(place, content, nesting + 1);
    }

    private void WriteInner(in BlockPlace place, Member content, int nesting)
    {
        // The slice is read with offsets of its own; members are noted with those of the body.
        var json = new Utf8JsonReader(place.Body.Slice(content.Start, content.Length), Options);
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var first = _members.Count;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            _members.Scan(ref json, content.Start);

            var kind = BlockKinds.OfBlock(place.Body, _members, first);
            WriteText(place, kind, first, nesting);
            _members.CutTo(first);
        }
    }

    private void WriteMedia(in BlockPlace place, bool isDocument, int first, int nesting)
    {
        if (_members.Find(first, MemberName.Source) is not { Length: > 0 } source)
        {
            return;
        }

        var body = place.Body;
        var inner = _members.Count;
        var json = new Utf8JsonReader(body.Slice(source.Start, source.Length), Options);
        if (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            _members.Scan(ref json, source.Start);

            var type = _members.Find(inner, MemberName.Type) is { Length: > 2 } named ? body.Slice(named.Start + 1, named.Length - 2) : default;
            if (type.SequenceEqual("text"u8))
            {
                WriteString(body, inner, MemberName.Data);
                place.Prompt.Media.Add(new MediaPart(isDocument, MediaSource.Text, 0, 0));
            }
            else if (type.SequenceEqual("content"u8))
            {
                WriteContent(place, inner, nesting);
                place.Prompt.Media.Add(new MediaPart(isDocument, MediaSource.Text, 0, 0));
            }
            else if (type.SequenceEqual("base64"u8) && _members.Find(inner, MemberName.Data) is { Length: >= 2 } data)
            {
                place.Prompt.Media.Add(new MediaPart(isDocument, MediaSource.Base64, data.Start + 1, data.Length - 2));
            }
            else
            {
                place.Prompt.Media.Add(new MediaPart(isDocument, MediaSource.Elsewhere, 0, 0));
            }
        }

        _members.CutTo(inner);
    }
}
