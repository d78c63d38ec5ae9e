using Telemetry.Handler.Documents;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Recording;
using Telemetry.Handler.Tokens;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Progress;

/// <summary>
/// The output tokens of an answer while it arrives. Each block is a text by itself. What the stream tells goes before what is
/// counted: the thinking so far, and at the end all of it.
/// </summary>
internal sealed class RunningOutput(CallSketch sketch) : IOutputSink
{
    private readonly RunningCount _count = new(TokenCounter.O200kBase);
    private Field _kind = Field.TextSize;
    private long _text;
    private long _thinking;
    private long _toolInput;
    private long _toldAt;
    private TokenizerGeneration? _generation;

    /// <summary>Whether usage may have come since <see cref="SeeUsage"/>.</summary>
    public bool HasNewUsage { get; private set; } = true;

    /// <summary>The output tokens so far.</summary>
    public long Tokens => OfStream(Estimate(_count.Tokens));

    /// <summary>At most how many there are, known without counting.</summary>
    public long MostTokens => OfStream(Estimate(_count.MostTokens));

    /// <summary>The usage was seen; its model is the one that answers.</summary>
    public void SeeUsage(string? model)
    {
        HasNewUsage = false;
        _generation = TokenizerGeneration.Of(model);
    }

    public void OnText(Field kind, ReadOnlySpan<byte> part)
    {
        if (kind != _kind)
        {
            EndText();
            _kind = kind;
        }

        _count.Append(part);
    }

    public void OnDocument(EventType type)
    {
        _count.Commit();
        switch (type)
        {
            case EventType.ContentBlockStop:
                EndText();
                break;
            case EventType.MessageDelta or EventType.Metadata:
                _toldAt = Estimate(_count.Tokens);
                HasNewUsage = true;
                break;
            case EventType.MessageStart:
                HasNewUsage = true;
                break;
            default:
                break;
        }
    }

    public void OnDropped() => _count.Rollback();

    /// <summary>There is no more to come.</summary>
    public void Release()
    {
        EndText();
        _count.Release();
    }

    private void EndText()
    {
        var tokens = _count.Take();
        switch (_kind)
        {
            case Field.ThinkingSize:
                _thinking += tokens;
                break;
            case Field.ToolInputSize:
                _toolInput += tokens;
                break;
            default:
                _text += tokens;
                break;
        }
    }

    private long OfStream(long estimate) => sketch.Facts is { OutputIsFinal: true, OutputTokens: { } told }
        ? told + Math.Max(0, estimate - _toldAt)
        : estimate;

    private long Estimate(long pending)
    {
        var counted = new OutputCounted(
            _text + (_kind == Field.TextSize ? pending : 0),
            _thinking + (_kind == Field.ThinkingSize ? pending : 0),
            _toolInput + (_kind == Field.ToolInputSize ? pending : 0),
            sketch.ToolCalls,
            sketch.Facts?.EstimatedThinkingTokens);
        return Math.Min(OutputEstimator.Estimate(counted, _generation ?? TokenizerGeneration.Second), sketch.Request.MaxTokens ?? long.MaxValue);
    }
}
