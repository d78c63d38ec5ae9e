namespace Telemetry.Handler.Streaming;

/// <summary>
/// Server-sent events from whatever pieces their bytes arrive in. Lines are not collected: data is handed on as it comes, so
/// memory does not grow with the length of a line, an event or the stream. Source: WHATWG HTML, section 9.2.6.
/// </summary>
internal sealed class SseReader(ISseSink sink)
{
    private const int LongestFieldName = 5;
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private readonly byte[] _event = new byte[64];
    private readonly byte[] _fieldName = new byte[LongestFieldName];
    private int _eventLength;
    private int _fieldNameLength;
    private Line _line;
    private int _dataLines;
    private int _bomBytes;
    private bool _lfMayFollow;

    private enum Line : byte
    {
        Start,
        FieldName,
        DataStart,
        Data,
        EventStart,
        Event,
        Ignored,
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        bytes = SkipByteOrderMark(bytes);
        while (!bytes.IsEmpty)
        {
            if (_lfMayFollow)
            {
                _lfMayFollow = false;
                if (bytes[0] == Lf)
                {
                    bytes = bytes[1..];
                    continue;
                }
            }

            var end = bytes.IndexOfAny(Cr, Lf);
            if (end < 0)
            {
                Continue(bytes);
                return;
            }

            TakeLine(bytes[..end]);
            _lfMayFollow = bytes[end] == Cr;
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>There are no more bytes. An event that has data but no empty line after it is handed on as cut.</summary>
    public void Complete()
    {
        if (_line != Line.Start)
        {
            EndLine();
        }

        Dispatch(cut: true);
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (_line == Line.Start)
        {
            if (line.IsEmpty)
            {
                Dispatch(cut: false);
                return;
            }

            if (line.StartsWith("data:"u8))
            {
                BeginData();
                sink.OnData(WithoutSpace(line[5..]), whole: _dataLines == 1);
                return;
            }

            if (line.StartsWith("event:"u8))
            {
                _eventLength = 0;
                AppendEvent(WithoutSpace(line[6..]));
                return;
            }
        }

        Continue(line);
        EndLine();
    }

    private void Continue(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            switch (_line)
            {
                case Line.Start:
                    _fieldNameLength = 0;
                    _line = Line.FieldName;
                    break;
                case Line.FieldName:
                    TakeFieldNameByte(part[0]);
                    part = part[1..];
                    break;
                case Line.DataStart:
                    _line = Line.Data;
                    part = WithoutSpace(part);
                    break;
                case Line.EventStart:
                    _line = Line.Event;
                    part = WithoutSpace(part);
                    break;
                case Line.Data:
                    sink.OnData(part, whole: false);
                    return;
                case Line.Event:
                    AppendEvent(part);
                    return;
                default:
                    return;
            }
        }
    }

    private void TakeFieldNameByte(byte next)
    {
        if (next == (byte)':')
        {
            BeginField();
        }
        else if (_fieldNameLength == LongestFieldName)
        {
            _line = Line.Ignored;
        }
        else
        {
            _fieldName[_fieldNameLength++] = next;
        }
    }

    private void BeginField()
    {
        var name = _fieldName.AsSpan(0, _fieldNameLength);
        if (name.SequenceEqual("data"u8))
        {
            BeginData();
            _line = Line.DataStart;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _eventLength = 0;
            _line = Line.EventStart;
        }
        else
        {
            // Comments (an empty name), id, retry and whatever may come.
            _line = Line.Ignored;
        }
    }

    private void BeginData()
    {
        if (_dataLines++ > 0)
        {
            sink.OnData("\n"u8, whole: false);
        }
    }

    private void EndLine()
    {
        if (_line == Line.FieldName)
        {
            // A line without a colon is a field with an empty value.
            BeginField();
        }

        _line = Line.Start;
    }

    private void Dispatch(bool cut)
    {
        if (_dataLines > 0)
        {
            sink.OnEvent(_event.AsSpan(0, _eventLength), cut);
        }

        _dataLines = 0;
        _eventLength = 0;
    }

    private void AppendEvent(ReadOnlySpan<byte> part)
    {
        var taken = part[..Math.Min(part.Length, _event.Length - _eventLength)];
        taken.CopyTo(_event.AsSpan(_eventLength));
        _eventLength += taken.Length;
    }

    private ReadOnlySpan<byte> SkipByteOrderMark(ReadOnlySpan<byte> bytes)
    {
        while (_bomBytes < ByteOrderMark.Length && !bytes.IsEmpty)
        {
            if (bytes[0] != ByteOrderMark[_bomBytes])
            {
                // Not a mark after all: what was taken for its beginning is the beginning of a line that no field has.
                var taken = ByteOrderMark[.._bomBytes];
                _bomBytes = ByteOrderMark.Length;
                Continue(taken);
                break;
            }

            _bomBytes++;
            bytes = bytes[1..];
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> WithoutSpace(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && value[0] == (byte)' ' ? value[1..] : value;
}
