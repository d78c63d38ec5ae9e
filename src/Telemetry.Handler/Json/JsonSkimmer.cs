using System.Buffers;

namespace Telemetry.Handler.Json;

/// <summary>
/// Reads a JSON document in passing, from whatever pieces its bytes arrive in, and hands on only what its sink wants. It keeps
/// no value that is not wanted, so its memory is fixed, however large the document or any part of it.
/// Lenient inside strings and inside what is skipped; strict about the structure that it enters.
/// </summary>
internal sealed class JsonSkimmer(IJsonSink sink)
{
    public const int DeepestMembers = 64;
    private const int LongestNumber = 40;

    private static readonly SearchValues<byte> BareEnds = SearchValues.Create(",]} \t\n\r"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.eE+-"u8);

    private readonly JsonString _string = new();
    private readonly JsonSkip _skip = new();
    private readonly byte[] _bare = new byte[LongestNumber];
    private int _bareLength;
    private State _state;
    private JsonTake _take = JsonTake.Members;
    private ulong _arrays;
    private int _depth;

    private enum State : byte
    {
        Value,
        FirstElement,
        FirstName,
        Name,
        Colon,
        AfterValue,
        InName,
        InText,
        InBare,
        InSkipped,
        Done,
        Failed,
    }

    /// <summary>Whether the document has begun: anything but white space was seen.</summary>
    public bool HasBegun => _depth > 0 || _state != State.Value;

    /// <summary>Whether the document is whole, and nothing but white space came after it.</summary>
    public bool IsDone => _state == State.Done;

    /// <summary>Whether the bytes are not a JSON object or array.</summary>
    public bool HasFailed => _state == State.Failed;

    private bool InArray => (_arrays & 1) != 0;

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        _state = State.Value;
        _take = JsonTake.Members;
        _depth = 0;
    }

    /// <summary>Counts the document as read by other means.</summary>
    public void MarkDone() => _state = State.Done;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            switch (_state)
            {
                case State.InName:
                    FeedName(ref bytes);
                    break;
                case State.InText:
                    FeedText(ref bytes);
                    break;
                case State.InBare:
                    FeedBare(ref bytes);
                    break;
                case State.InSkipped:
                    FeedSkipped(ref bytes);
                    break;
                case State.Failed:
                    return;
                default:
                    FeedStructure(ref bytes);
                    break;
            }
        }
    }

    private void FeedStructure(ref ReadOnlySpan<byte> bytes)
    {
        var at = bytes[0] > (byte)' ' ? 0 : bytes.IndexOfAnyExcept(" \t\n\r"u8);
        if (at < 0)
        {
            bytes = [];
            return;
        }

        var next = bytes[at];
        var after = bytes[(at + 1)..];
        _state = _state switch
        {
            State.Value => BeginValue(next),
            State.FirstElement => next == (byte)']' ? Leave() : BeginElement(next),
            State.FirstName => next == (byte)'}' ? Leave() : BeginName(next),
            State.Name => BeginName(next),
            State.Colon => next == (byte)':' ? State.Value : State.Failed,
            State.AfterValue => AfterValue(next),
            _ => State.Failed,
        };

        // Numbers and literals have no opening mark: their first byte is looked at again.
        bytes = _state == State.InBare ? bytes[at..] : after;
    }

    private State BeginValue(byte first)
    {
        switch (first)
        {
            case (byte)'{' or (byte)'[':
                return BeginMembers(first == (byte)'[');
            case (byte)'"' when _depth > 0:
                _string.Begin((_take & JsonTake.Text) == JsonTake.Text, (_take & JsonTake.Parts) == JsonTake.Parts ? sink : null);
                return State.InText;
            case (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' when _depth > 0:
            case >= (byte)'0' and <= (byte)'9' when _depth > 0:
                _bareLength = 0;
                return State.InBare;
            default:
                return State.Failed;
        }
    }

    private State BeginElement(byte first)
    {
        _take = sink.OnElement();
        return BeginValue(first);
    }

    private State BeginName(byte first)
    {
        _string.Begin(keep: true);
        return first == (byte)'"' ? State.InName : State.Failed;
    }

    private State BeginMembers(bool isArray)
    {
        if ((_take & JsonTake.Members) != JsonTake.Members)
        {
            _skip.Begin(isArray);
            return State.InSkipped;
        }

        if (_depth == DeepestMembers)
        {
            return State.Failed;
        }

        _depth++;
        _arrays = (_arrays << 1) | (isArray ? 1UL : 0);
        sink.OnEnter(isArray);
        return isArray ? State.FirstElement : State.FirstName;
    }

    private State Leave()
    {
        _depth--;
        _arrays >>= 1;
        sink.OnLeave();
        return _depth == 0 ? State.Done : State.AfterValue;
    }

    private State AfterValue(byte next)
    {
        if (next == (byte)',')
        {
            if (!InArray)
            {
                return State.Name;
            }

            _take = sink.OnElement();
            return State.Value;
        }

        return next == (InArray ? (byte)']' : (byte)'}') ? Leave() : State.Failed;
    }

    private void FeedName(ref ReadOnlySpan<byte> bytes)
    {
        if (_string.Feed(ref bytes))
        {
            _take = sink.OnName(_string.Text);
            _state = State.Colon;
        }
    }

    private void FeedText(ref ReadOnlySpan<byte> bytes)
    {
        if (_string.Feed(ref bytes))
        {
            sink.OnText(_string.Text, _string.Size);
            _state = State.AfterValue;
        }
    }

    private void FeedBare(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(BareEnds);
        var part = end < 0 ? bytes : bytes[..end];
        part[..Math.Min(part.Length, LongestNumber - _bareLength)].CopyTo(_bare.AsSpan(_bareLength));

        // One more than fits means that it did not fit.
        _bareLength = Math.Min(_bareLength + Math.Min(part.Length, LongestNumber), LongestNumber + 1);
        bytes = bytes[part.Length..];
        if (end >= 0)
        {
            _state = EndBare();
        }
    }

    private State EndBare()
    {
        if (_bareLength > LongestNumber)
        {
            sink.OnNumber([]);
            return State.AfterValue;
        }

        var bare = _bare.AsSpan(0, _bareLength);
        if (bare.SequenceEqual("null"u8))
        {
            sink.OnNull();
        }
        else if (!bare.SequenceEqual("true"u8) && !bare.SequenceEqual("false"u8))
        {
            if (bare.ContainsAnyExcept(NumberBytes))
            {
                return State.Failed;
            }

            sink.OnNumber(bare);
        }

        return State.AfterValue;
    }

    private void FeedSkipped(ref ReadOnlySpan<byte> bytes)
    {
        if (!_skip.Feed(ref bytes))
        {
            return;
        }

        if (_skip.HasFailed)
        {
            _state = State.Failed;
            return;
        }

        sink.OnSkipped(_skip.Size);
        _state = State.AfterValue;
    }
}
