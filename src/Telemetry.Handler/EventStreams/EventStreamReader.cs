using System.Buffers.Binary;

namespace Telemetry.Handler.EventStreams;

/// <summary>
/// The frames of an AWS event stream from whatever pieces their bytes arrive in. Payloads are handed on as they come, so memory
/// is fixed, whatever length a frame announces.
/// A frame: its length and that of its headers, a checksum of both, headers, payload, a checksum of all before it; big-endian.
/// Source: AWS's event stream encoding (<c>application/vnd.amazon.eventstream</c>).
/// </summary>
internal sealed class EventStreamReader(IFrameSink sink)
{
    /// <summary>The longest frame that AWS sends.</summary>
    public const int LongestFrame = 16 << 20;

    private const int LengthsBytes = 8;
    private const int ChecksumBytes = 4;
    private const int PreludeBytes = LengthsBytes + ChecksumBytes;
    private const int ShortestFrame = PreludeBytes + ChecksumBytes;

    private readonly FrameHeaders _headers = new();
    private readonly byte[] _fixed = new byte[PreludeBytes];
    private int _fixedLength;
    private Part _part;
    private int _left;
    private int _payloadLength;
    private uint _checksum;
    private bool _isMalformed;

    private enum Part : byte
    {
        Prelude,
        Headers,
        Payload,
        Checksum,
        Lost,
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (_part)
            {
                case Part.Prelude:
                    if (TryTakeFixed(ref bytes, PreludeBytes, out var prelude))
                    {
                        BeginFrame(prelude);
                    }

                    break;
                case Part.Headers:
                    TakeHeaders(ref bytes);
                    break;
                case Part.Payload:
                    TakePayload(ref bytes);
                    break;
                case Part.Checksum:
                    if (TryTakeFixed(ref bytes, ChecksumBytes, out var checksum))
                    {
                        EndFrame(BinaryPrimitives.ReadUInt32BigEndian(checksum));
                    }

                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>There are no more bytes.</summary>
    public void Complete()
    {
        if (_part is not (Part.Prelude or Part.Lost) || _fixedLength > 0)
        {
            Lose(FrameFault.Truncated);
        }
    }

    private void BeginFrame(ReadOnlySpan<byte> prelude)
    {
        _checksum = Crc32.Append(0, prelude[..LengthsBytes]);
        if (_checksum != BinaryPrimitives.ReadUInt32BigEndian(prelude[LengthsBytes..]))
        {
            Lose(FrameFault.Lost);
            return;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]);
        if (length is < ShortestFrame or > LongestFrame)
        {
            Lose(length < ShortestFrame ? FrameFault.Lost : FrameFault.TooLarge);
            return;
        }

        _checksum = Crc32.Append(_checksum, prelude[LengthsBytes..]);
        _headers.Reset();

        // The frame's own length can be trusted even where that of its headers goes beyond it.
        var inner = (int)length - ShortestFrame;
        _isMalformed = headers > inner;
        _left = _isMalformed ? 0 : (int)headers;
        _payloadLength = inner - _left;
        _part = Part.Headers;
        if (_left == 0)
        {
            BeginPayload();
        }
    }

    private void TakeHeaders(ref ReadOnlySpan<byte> bytes)
    {
        var part = Take(ref bytes);
        _headers.Feed(part);
        if (_left == 0)
        {
            BeginPayload();
        }
    }

    private void BeginPayload()
    {
        _isMalformed |= !_headers.AreWhole;
        if (!_isMalformed)
        {
            sink.OnFrame(_headers);
        }

        _left = _payloadLength;
        _part = _left == 0 ? Part.Checksum : Part.Payload;
    }

    private void TakePayload(ref ReadOnlySpan<byte> bytes)
    {
        var part = Take(ref bytes);
        if (!_isMalformed)
        {
            sink.OnPayload(part, whole: part.Length == _payloadLength);
        }

        _part = _left == 0 ? Part.Checksum : Part.Payload;
    }

    private void EndFrame(uint checksum)
    {
        _part = Part.Prelude;
        if (checksum != _checksum)
        {
            sink.OnFault(FrameFault.Corrupt);
        }
        else if (_isMalformed)
        {
            sink.OnFault(FrameFault.Malformed);
        }
        else
        {
            sink.OnFrameEnd();
        }
    }

    private void Lose(FrameFault fault)
    {
        _part = Part.Lost;
        sink.OnFault(fault);
    }

    private ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(_left, bytes.Length)];
        _checksum = Crc32.Append(_checksum, part);
        _left -= part.Length;
        bytes = bytes[part.Length..];
        return part;
    }

    /// <summary>Takes a field of fixed length, collected where it comes in pieces.</summary>
    private bool TryTakeFixed(ref ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> taken)
    {
        if (_fixedLength == 0 && bytes.Length >= length)
        {
            taken = bytes[..length];
            bytes = bytes[length..];
            return true;
        }

        var part = bytes[..Math.Min(length - _fixedLength, bytes.Length)];
        part.CopyTo(_fixed.AsSpan(_fixedLength));
        _fixedLength += part.Length;
        bytes = bytes[part.Length..];
        taken = _fixed.AsSpan(0, length);
        if (_fixedLength < length)
        {
            return false;
        }

        _fixedLength = 0;
        return true;
    }
}
