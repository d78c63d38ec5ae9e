namespace Telemetry.Handler.EventStreams;

/// <summary>
/// The headers of one frame, from whatever pieces their bytes arrive in. The few that say what a frame is are kept, all others
/// passed over; memory is fixed, whatever their number and length.
/// Source: AWS's event stream encoding, section "headers".
/// </summary>
internal sealed class FrameHeaders
{
    private const int LongestValue = 128;
    private const byte TextType = 7;

    private readonly byte[] _name = new byte[16];
    private readonly Kept _messageType = new(":message-type"u8);
    private readonly Kept _eventType = new(":event-type"u8);
    private readonly Kept _exceptionType = new(":exception-type"u8);
    private readonly Kept _errorCode = new(":error-code"u8);
    private Part _part;
    private byte _type;
    private int _left;
    private int _nameLength;
    private Kept? _kept;

    private enum Part : byte
    {
        NameLength,
        Name,
        Type,
        LengthHigh,
        LengthLow,
        Value,
        Malformed,
    }

    /// <summary><c>event</c>, <c>exception</c> or <c>error</c>; empty when the frame does not say.</summary>
    public ReadOnlySpan<byte> MessageType => _messageType.Value;

    /// <summary>What kind of event it is; empty when the frame does not say.</summary>
    public ReadOnlySpan<byte> EventType => _eventType.Value;

    /// <summary>What kind of exception it is; empty when it is none.</summary>
    public ReadOnlySpan<byte> ExceptionType => _exceptionType.Value;

    /// <summary>The code of an error that the service has no exception for; empty when it is none.</summary>
    public ReadOnlySpan<byte> ErrorCode => _errorCode.Value;

    /// <summary>Whether the bytes so far are headers, the last one whole.</summary>
    public bool AreWhole => _part == Part.NameLength;

    /// <summary>Begins the headers of another frame.</summary>
    public void Reset()
    {
        _part = Part.NameLength;
        _messageType.Clear();
        _eventType.Clear();
        _exceptionType.Clear();
        _errorCode.Clear();
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (_part)
            {
                case Part.Name:
                    TakeName(ref bytes);
                    break;
                case Part.Value:
                    TakeValue(ref bytes);
                    break;
                case Part.Malformed:
                    return;
                default:
                    _part = TakeByte(bytes[0]);
                    bytes = bytes[1..];
                    break;
            }
        }
    }

    private Part TakeByte(byte next)
    {
        switch (_part)
        {
            case Part.NameLength:
                _left = next;
                _nameLength = 0;
                return next == 0 ? Part.Malformed : Part.Name;
            case Part.Type:
                _type = next;
                return BeginValue(next);
            case Part.LengthHigh:
                _left = next << 8;
                return Part.LengthLow;
            default:
                _left |= next;
                return BeginKept();
        }
    }

    // true, false, byte, short, int, long, bytes, text, time, UUID.
    private Part BeginValue(byte type)
    {
        _left = type switch
        {
            0 or 1 => 0,
            2 => 1,
            3 => 2,
            4 => 4,
            5 or 8 => 8,
            9 => 16,
            _ => -1,
        };
        return _left >= 0 ? BeginKept() : type is 6 or TextType ? Part.LengthHigh : Part.Malformed;
    }

    private Part BeginKept()
    {
        _kept = _type == TextType && _left <= LongestValue ? Find(_name.AsSpan(0, Math.Min(_nameLength, _name.Length))) : null;
        _kept?.Clear();
        return _left == 0 ? Part.NameLength : Part.Value;
    }

    private Kept? Find(ReadOnlySpan<byte> name) =>
        _nameLength > _name.Length ? null
        : _messageType.Is(name) ? _messageType
        : _eventType.Is(name) ? _eventType
        : _exceptionType.Is(name) ? _exceptionType
        : _errorCode.Is(name) ? _errorCode
        : null;

    private void TakeName(ref ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(_left, bytes.Length)];
        if (_nameLength < _name.Length)
        {
            part[..Math.Min(part.Length, _name.Length - _nameLength)].CopyTo(_name.AsSpan(_nameLength));
        }

        _nameLength += part.Length;
        _left -= part.Length;
        bytes = bytes[part.Length..];
        _part = _left == 0 ? Part.Type : Part.Name;
    }

    private void TakeValue(ref ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(_left, bytes.Length)];
        _kept?.Append(part);
        _left -= part.Length;
        bytes = bytes[part.Length..];
        _part = _left == 0 ? Part.NameLength : Part.Value;
    }

    /// <summary>A header whose value is kept.</summary>
    private sealed class Kept(ReadOnlySpan<byte> name)
    {
        private readonly byte[] _name = name.ToArray();
        private readonly byte[] _value = new byte[LongestValue];
        private int _length;

        public ReadOnlySpan<byte> Value => _value.AsSpan(0, _length);

        public bool Is(ReadOnlySpan<byte> name) => name.SequenceEqual(_name);

        public void Clear() => _length = 0;

        public void Append(ReadOnlySpan<byte> part)
        {
            part.CopyTo(_value.AsSpan(_length));
            _length += part.Length;
        }
    }
}
