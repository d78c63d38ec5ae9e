using Telemetry.Handler.Documents;
using Telemetry.Handler.Json;

namespace Telemetry.Handler.Batches.Results;

/// <summary>
/// Reads one line of a batch's results after the other: the request's name, what became of it, and its message or error, which are
/// documents of the Messages API and read as such. Whatever the length of a line, memory is fixed.
/// </summary>
internal sealed class ResultLine : IJsonSink
{
    private readonly MessageReader _reader = new();
    private readonly JsonSkimmer _skimmer;
    private readonly IJsonSink _inner;
    private int _depth;
    private int _innerDepth;
    private Place _place;
    private bool _isBareType;

    public ResultLine()
    {
        _skimmer = new JsonSkimmer(this);
        _inner = _reader;
    }

    /// <summary>What the member is whose value comes next; while within a message or error, which of the two.</summary>
    private enum Place
    {
        Elsewhere,
        CustomId,
        Result,
        ResultType,
        Message,
        Error,
    }

    /// <summary>The request's name within the batch; null where there is none that could be one.</summary>
    public string? CustomId { get; private set; }

    public ResultKind Kind { get; private set; }

    /// <summary>The message or the error.</summary>
    public MessageDraft Document => _reader.Draft;

    /// <summary>The error's type where it is not wrapped, as in <c>"error": {"type": "invalid_request_error"}</c>.</summary>
    public string? BareErrorType { get; private set; }

    /// <summary>Whether anything but white space was seen.</summary>
    public bool HasBegun => _skimmer.HasBegun;

    /// <summary>Whether the line is one JSON object.</summary>
    public bool IsWhole => _skimmer.IsDone;

    /// <summary>Whether the line can be none any more.</summary>
    public bool HasFailed => _skimmer.HasFailed;

    private bool IsInside => _innerDepth > 0;

    public void Feed(ReadOnlySpan<byte> bytes) => _skimmer.Feed(bytes);

    /// <summary>Begins the next line.</summary>
    public void Reset()
    {
        _skimmer.Reset();
        _reader.Reset();
        _depth = _innerDepth = 0;
        _place = Place.Elsewhere;
        CustomId = BareErrorType = null;
        Kind = ResultKind.Unknown;
    }

    JsonTake IJsonSink.OnName(ReadOnlySpan<byte> name)
    {
        if (IsInside)
        {
            return InnerName(name);
        }

        _place = _depth == 1 ? OfLine(name) : OfResult(name);
        return _place switch
        {
            Place.CustomId or Place.ResultType => JsonTake.Text,
            Place.Elsewhere => JsonTake.Size,
            _ => JsonTake.Members,
        };
    }

    JsonTake IJsonSink.OnElement() => IsInside ? _inner.OnElement() : JsonTake.Size;

    void IJsonSink.OnEnter(bool isArray)
    {
        _depth++;
        if (IsInside || _place is Place.Message or Place.Error)
        {
            if (!IsInside)
            {
                // Should a line have two messages, the second is read as a document too.
                _reader.Restart();
            }

            _innerDepth++;
            _inner.OnEnter(isArray);
        }
    }

    void IJsonSink.OnLeave()
    {
        _depth--;
        if (IsInside)
        {
            _innerDepth--;
            _inner.OnLeave();
            _place = IsInside ? _place : Place.Elsewhere;
        }
    }

    void IJsonSink.OnText(ReadOnlySpan<byte> text, long size)
    {
        if (IsInside)
        {
            InnerText(text, size);
        }
        else if (_place == Place.CustomId)
        {
            CustomId = PlainText.Decode(text, size);
        }
        else if (_place == Place.ResultType)
        {
            Kind = KindOf(text);
        }
    }

    void IJsonSink.OnNumber(ReadOnlySpan<byte> number)
    {
        if (IsInside)
        {
            _inner.OnNumber(number);
        }
    }

    void IJsonSink.OnNull()
    {
        if (IsInside)
        {
            _inner.OnNull();
        }
    }

    void IJsonSink.OnSkipped(long size)
    {
        if (IsInside)
        {
            _inner.OnSkipped(size);
        }
    }

    private static Place OfLine(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("custom_id"u8) ? Place.CustomId
        : name.SequenceEqual("result"u8) ? Place.Result
        : Place.Elsewhere;

    private static Place OfResult(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? Place.ResultType
        : name.SequenceEqual("message"u8) ? Place.Message
        : name.SequenceEqual("error"u8) ? Place.Error
        : Place.Elsewhere;

    private static ResultKind KindOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("succeeded"u8) ? ResultKind.Succeeded
        : type.SequenceEqual("errored"u8) ? ResultKind.Errored
        : type.SequenceEqual("canceled"u8) ? ResultKind.Canceled
        : type.SequenceEqual("expired"u8) ? ResultKind.Expired
        : ResultKind.Unknown;

    private JsonTake InnerName(ReadOnlySpan<byte> name)
    {
        _isBareType = _place == Place.Error && _innerDepth == 1 && name.SequenceEqual("type"u8);
        return _inner.OnName(name);
    }

    private void InnerText(ReadOnlySpan<byte> text, long size)
    {
        if (_isBareType && !text.SequenceEqual("error"u8))
        {
            BareErrorType = PlainText.Decode(text, size);
        }

        _isBareType = false;
        _inner.OnText(text, size);
    }
}
