using System.Buffers;
using System.Buffers.Text;
using Telemetry.Handler.Json;

namespace Telemetry.Handler.EventStreams;

/// <summary>
/// The payload of a chunk, <c>{"bytes":"…","p":"…"}</c>: the base64 of an event, and padding. The usual form of one that came
/// in one piece is taken apart without parsing; all others are parsed and decoded piece by piece, in fixed memory.
/// </summary>
internal sealed class ChunkPayload : IJsonSink
{
    private const int DecodedPiece = 3072;

    private readonly IChunkSink _sink;
    private readonly JsonSkimmer _skimmer;
    private readonly Base64Parts _base64 = new();
    private readonly byte[] _decoded = new byte[DecodedPiece];
    private bool _isBytes;
    private bool _hasBytes;

    public ChunkPayload(IChunkSink sink)
    {
        _sink = sink;
        _skimmer = new JsonSkimmer(this);
    }

    /// <summary>What came of the chunk, now that it is over.</summary>
    public ChunkState State =>
        !_skimmer.IsDone ? ChunkState.Malformed
        : !_hasBytes ? ChunkState.Empty
        : _base64.HasFailed ? ChunkState.InvalidBase64
        : ChunkState.Whole;

    private static ReadOnlySpan<byte> Head => "{\"bytes\":\""u8;

    private static ReadOnlySpan<byte> Padding => ",\"p\":\""u8;

    /// <summary>Begins another chunk.</summary>
    public void Reset()
    {
        _skimmer.Reset();
        _base64.Reset();
        _isBytes = _hasBytes = false;
    }

    /// <summary>Takes a part of the payload.</summary>
    /// <param name="part">The bytes.</param>
    /// <param name="whole">Whether this is all of it.</param>
    public void Feed(ReadOnlySpan<byte> part, bool whole)
    {
        if (whole && TryDecode(part, out var length))
        {
            _skimmer.MarkDone();
            _hasBytes = true;
            _sink.OnBytesStart();
            _sink.OnBytes(_decoded.AsSpan(0, length), whole: true);
            return;
        }

        _skimmer.Feed(part);
    }

    JsonTake IJsonSink.OnName(ReadOnlySpan<byte> name)
    {
        _isBytes = name.SequenceEqual("bytes"u8);
        if (!_isBytes)
        {
            return JsonTake.Size;
        }

        _base64.Reset();
        _hasBytes = false;
        _sink.OnBytesStart();
        return JsonTake.Parts;
    }

    void IJsonSink.OnTextPart(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            HandOn(_base64.Decode(ref part, _decoded));
        }
    }

    void IJsonSink.OnText(ReadOnlySpan<byte> text, long size)
    {
        if (_isBytes)
        {
            _hasBytes = true;
            HandOn(_base64.Finish(_decoded));
        }
    }

    JsonTake IJsonSink.OnElement() => JsonTake.Size;

    void IJsonSink.OnEnter(bool isArray) => _isBytes = false;

    void IJsonSink.OnLeave() => _isBytes = false;

    void IJsonSink.OnNumber(ReadOnlySpan<byte> number) => _isBytes = false;

    void IJsonSink.OnNull() => _isBytes = false;

    void IJsonSink.OnSkipped(long size) => _isBytes = false;

    private void HandOn(int length)
    {
        if (length > 0)
        {
            _sink.OnBytes(_decoded.AsSpan(0, length), whole: false);
        }
    }

    private bool TryDecode(ReadOnlySpan<byte> json, out int length)
    {
        length = 0;
        if (!json.StartsWith(Head))
        {
            return false;
        }

        json = json[Head.Length..];
        var end = json.IndexOf((byte)'"');
        if (end < 0 || end % Base64Parts.Group != 0 || Base64.GetMaxDecodedFromUtf8Length(end) > DecodedPiece || !IsEnd(json[(end + 1)..]))
        {
            return false;
        }

        // Less than was to be expected means white space, which is left to the strict way.
        var text = json[..end];
        return Base64.DecodeFromUtf8(text, _decoded, out _, out length) == OperationStatus.Done
            && length == Base64.GetMaxDecodedFromUtf8Length(end) - (text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0);
    }

    private static bool IsEnd(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Padding))
        {
            json = json[Padding.Length..];
            var end = json.IndexOfAny((byte)'"', (byte)'\\');
            if (end < 0 || json[end] != (byte)'"')
            {
                return false;
            }

            json = json[(end + 1)..];
        }

        return json.SequenceEqual("}"u8);
    }
}
