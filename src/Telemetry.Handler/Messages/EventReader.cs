using Telemetry.Handler.Documents;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Messages;

/// <summary>Reads the data of one event after the other and brings them to the fold, whatever frames they came in.</summary>
internal sealed class EventReader(MessageFold fold)
{
    private readonly MessageReader _reader = new();
    private Field _deltaKind = Field.None;
    private long _deltaSize;

    /// <summary>Is shown the events; null when nobody wants them.</summary>
    public IAnswerTap? Tap { private get; set; }

    /// <summary>Is shown what the model writes; null when nobody wants it.</summary>
    public IOutputSink? Output
    {
        private get;
        set
        {
            field = value;
            _reader.Output = value;
        }
    }

    /// <summary>Whether the event's data has begun: anything but white space was seen.</summary>
    public bool HasBegun => _reader.HasBegun;

    /// <summary>Whether the event's data is a whole document.</summary>
    public bool IsDone => _reader.IsDone;

    /// <summary>Takes the event's data if it is a plain delta.</summary>
    /// <param name="data">All of the data, or all until now.</param>
    /// <returns>Whether it was; if not, feed it.</returns>
    public bool TryTakeDelta(ReadOnlySpan<byte> data)
    {
        if (!QuickDelta.TryRead(data, out _deltaKind, out _deltaSize, out var text))
        {
            _deltaKind = Field.None;
            return false;
        }

        _reader.MarkDone();
        Tap?.OnData(data);
        if (Output is not null)
        {
            QuickDelta.Show(_deltaKind, text, Output);
        }

        return true;
    }

    /// <summary>Takes a part of the event's data.</summary>
    public void Feed(ReadOnlySpan<byte> part)
    {
        _reader.Feed(part);
        Tap?.OnData(part);
    }

    /// <summary>The event is over. The document's own type goes before its name.</summary>
    /// <param name="name">What the name of its frame says.</param>
    public void Apply(EventType name)
    {
        if (IsDone)
        {
            Tap?.OnDocument();
        }

        if (!IsDone)
        {
            fold.ApplyWithoutData(name, isMalformed: HasBegun);
        }
        else if (_deltaKind == Field.None)
        {
            var type = _reader.Draft.Type == EventType.Unknown ? name : _reader.Draft.Type;
            fold.Apply(_reader.Draft, type);
            Output?.OnDocument(type);
        }
        else
        {
            fold.ApplyDelta(_deltaKind, _deltaSize);
            Output?.OnDocument(EventType.ContentBlockDelta);
        }

        Drop();
    }

    /// <summary>The event is over, and its frame says that it is an error.</summary>
    /// <param name="errorType">The kind of error; null when the frame does not say.</param>
    public void ApplyError(string? errorType)
    {
        if (!IsDone || _deltaKind != Field.None)
        {
            Drop();
        }

        _reader.Draft[Field.ErrorType] = errorType ?? _reader.Draft[Field.ErrorType];
        fold.Apply(_reader.Draft, EventType.Error);
        Drop();
    }

    /// <summary>An event is over that nothing was taken of.</summary>
    public void ApplyUnknown() => fold.Apply(_reader.Draft, EventType.Unknown);

    /// <summary>Forgets the event.</summary>
    public void Drop()
    {
        Tap?.OnDropped();
        Output?.OnDropped();
        if (_deltaKind == Field.None)
        {
            _reader.Reset();
        }
        else
        {
            _reader.Restart();
        }

        _deltaKind = Field.None;
    }
}
