using System.Text;
using System.Text.Unicode;
using Telemetry.Handler.Json;
using Field = Telemetry.Handler.Documents.MessageShape.Field;
using Node = Telemetry.Handler.Documents.MessageShape.Node;

namespace Telemetry.Handler.Documents;

/// <summary>Reads one document of the Messages API after the other into a draft.</summary>
internal sealed class MessageReader : IJsonSink
{
    private const string Thinking = "thinking";
    private const string RedactedThinking = "redacted_thinking";

    private readonly Node[] _nodes = new Node[JsonSkimmer.DeepestMembers];
    private readonly long[] _sizes = new long[Field.LastSize - Field.TextSize + 1];
    private readonly Counts _iteration = new();
    private readonly JsonSkimmer _skimmer;
    private int _depth;
    private Node _next = Node.Document;
    private Field _field = Field.None;

    public MessageReader() => _skimmer = new JsonSkimmer(this);

    /// <summary>Is shown the text that the documents bring; null when nobody wants it.</summary>
    public IOutputSink? Output { private get; set; }

    /// <summary>What the document has told so far.</summary>
    public MessageDraft Draft { get; } = new();

    public bool HasBegun => _skimmer.HasBegun;

    public bool IsDone => _skimmer.IsDone;

    public bool HasFailed => _skimmer.HasFailed;

    private Node Top => _nodes[_depth - 1];

    public void Feed(ReadOnlySpan<byte> bytes) => _skimmer.Feed(bytes);

    /// <summary>Counts the document as read by other means; only white space may follow.</summary>
    public void MarkDone() => _skimmer.MarkDone();

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        Draft.Clear();
        Restart();
    }

    /// <summary>Begins a new document after one that was read by other means, so that there is nothing to forget.</summary>
    public void Restart()
    {
        _skimmer.Reset();
        _depth = 0;
        _next = Node.Document;
        _field = Field.None;
    }

    JsonTake IJsonSink.OnName(ReadOnlySpan<byte> name)
    {
        foreach (var member in MessageShape.MembersOf(Top))
        {
            if (name.SequenceEqual(member.Name))
            {
                (_field, _next) = (member.Field, member.Node);
                return Output is not null && IsText(member.Field) ? member.Take | JsonTake.Parts : member.Take;
            }
        }

        (_field, _next) = (Field.None, Node.None);
        return JsonTake.Size;
    }

    JsonTake IJsonSink.OnElement()
    {
        Draft.ContextEdited |= Top == Node.AppliedEdits;
        (_field, _next) = (Field.None, MessageShape.ElementOf(Top));
        return _next == Node.None ? JsonTake.Size : JsonTake.Members;
    }

    void IJsonSink.OnEnter(bool isArray)
    {
        _nodes[_depth++] = _next;
        switch (_next)
        {
            case Node.Usage:
                Draft.ClearUsage();
                Draft.HasUsage = true;
                break;
            case Node.Iterations:
                Draft.Iterations = [];
                break;
            case Node.Iteration:
                _iteration.Clear();
                Draft[Field.IterationType] = Draft[Field.IterationModel] = null;
                break;
            case Node.CacheDetail:
                _iteration.Clear();
                Draft[Field.CacheLifetime] = null;
                break;
            case Node.Block or Node.StartedBlock or Node.Delta:
                Array.Clear(_sizes);
                Draft[Field.BlockType] = null;
                break;
            case Node.ConverseToolUse:
                Draft[Field.BlockType] = "tool_use";
                break;
            case Node.ConverseReasoning:
                Draft[Field.BlockType] = Thinking;
                break;
            default:
                break;
        }
    }

    void IJsonSink.OnLeave()
    {
        var left = _nodes[--_depth];
        if (left == Node.Iteration)
        {
            AddIteration();
        }
        else if (left == Node.CacheDetail)
        {
            AddCacheDetail();
        }
        else if (left == Node.Delta)
        {
            Draft.HiddenThinking |= string.Equals(Draft[Field.BlockType], RedactedThinking, StringComparison.Ordinal);
            AddReceived(Size(Field.ToolInputSize), Size(Field.CompactionSize));
        }
        else if (left is Node.Block or Node.StartedBlock)
        {
            AddBlock(isWhole: left == Node.Block);
        }
    }

    void IJsonSink.OnTextPart(ReadOnlySpan<byte> part) =>
        Output?.OnText(_field is Field.ThinkingSize or Field.ToolInputSize ? _field : Field.TextSize, part);

    void IJsonSink.OnText(ReadOnlySpan<byte> text, long size)
    {
        switch (_field)
        {
            case Field.Type:
                Draft.Type = MessageWords.EventTypeOf(text);
                break;
            case Field.ErrorMessage:
                TakeErrorMessage(text);
                break;
            case Field.Completion:
                Draft.Type = Draft.Type == EventType.Unknown ? EventType.Completion : Draft.Type;
                Draft.Received += new Received { Text = size };
                break;
            case Field.RedactedThinking:
                Draft[Field.BlockType] = RedactedThinking;
                break;
            case <= Field.LastNumber:
                Draft.Faults |= AnswerFaults.InvalidCount;
                break;
            case <= Field.LastSize:
                _sizes[_field - Field.TextSize] = size;
                break;
            case <= Field.LastText:
                Draft[_field] = Decode(text, size) ?? Draft[_field];
                break;
            default:
                break;
        }
    }

    void IJsonSink.OnNumber(ReadOnlySpan<byte> number)
    {
        if (_field > Field.LastNumber)
        {
            return;
        }

        if (!Counts.TryParse(number, out var value))
        {
            Draft.Faults |= AnswerFaults.InvalidCount;
            return;
        }

        var inIteration = Top == Node.CacheDetail || Array.IndexOf(_nodes, Node.Iteration, 0, _depth) >= 0;
        (inIteration ? _iteration : Draft.Counts).Set(_field, value);
    }

    void IJsonSink.OnNull()
    {
        if (_field == Field.Diagnostics)
        {
            Draft[Field.CacheDiagnosis] = "none";
        }
        else if (_field == Field.CacheMiss)
        {
            Draft[Field.CacheDiagnosis] = "pending";
        }
    }

    void IJsonSink.OnSkipped(long size)
    {
        if (_field is >= Field.TextSize and <= Field.LastSize)
        {
            _sizes[_field - Field.TextSize] = size;
        }
        else if (_field <= Field.LastNumber)
        {
            Draft.Faults |= AnswerFaults.InvalidCount;
        }
    }

    private void AddIteration()
    {
        var iterations = Draft.Iterations ??= [];
        if (iterations.Count == MessageDraft.MostIterations)
        {
            Draft.Faults |= AnswerFaults.TooManyIterations;
            return;
        }

        iterations.Add(_iteration.ToIteration(Draft[Field.IterationType] ?? "unknown", Draft[Field.IterationModel]));
        Draft[Field.IterationType] = Draft[Field.IterationModel] = null;
    }

    private void AddCacheDetail()
    {
        Field? field = Draft[Field.CacheLifetime] switch
        {
            "5m" => Field.CacheWrite5m,
            "1h" => Field.CacheWrite1h,
            _ => null,
        };
        if (field is { } known && _iteration[Field.Input] is { } tokens)
        {
            Draft.Counts.Set(known, (Draft.Counts[known] ?? 0) + tokens);
        }
    }

    private void AddBlock(bool isWhole)
    {
        var type = Draft[Field.BlockType];
        var isCompaction = string.Equals(type, "compaction", StringComparison.Ordinal);
        var isThinking = string.Equals(type, Thinking, StringComparison.Ordinal);
        var isRedacted = string.Equals(type, RedactedThinking, StringComparison.Ordinal);
        Draft.ContentBlocks++;
        Draft.Compacted |= isCompaction;

        // A block of a stream starts without its thinking; whether any comes is seen later.
        Draft.HiddenThinking |= isRedacted || (isWhole && isThinking && Size(Field.ThinkingSize) == 0);

        // An empty object stands for input that is yet to come, or for none.
        var input = Size(Field.ToolInputSize);
        AddReceived(input > 2 ? input : 0, isCompaction ? Size(Field.CompactionSize) : 0);
    }

    private void AddReceived(long toolInput, long compaction) => Draft.Received += new Received(
        Size(Field.TextSize), Size(Field.ThinkingSize), toolInput, Size(Field.SignatureSize), compaction);

    // A server tool's result has content too, but only a summary's grows piece by piece.
    private bool IsText(Field field) => field is Field.TextSize or Field.ThinkingSize or Field.ToolInputSize or Field.Completion
        || (field == Field.CompactionSize && Top == Node.Delta);

    private long Size(Field field) => _sizes[field - Field.TextSize];

    /// <summary>Of the message of an error nothing is kept but the size of the prompt, where it tells that.</summary>
    private void TakeErrorMessage(ReadOnlySpan<byte> message)
    {
        if (PromptLength.Find(message) is { } tokens)
        {
            Draft.Counts.Set(Field.PromptTokens, tokens);
        }
    }

    private string? Decode(ReadOnlySpan<byte> text, long size)
    {
        if (size > text.Length)
        {
            Draft.Faults |= AnswerFaults.TextTooLong;
            return null;
        }

        if (!Utf8.IsValid(text) || text.ContainsAnyInRange((byte)0, (byte)0x1F) || text.Contains((byte)0x7F))
        {
            Draft.Faults |= AnswerFaults.InvalidText;
            return null;
        }

        return MessageWords.KnownWord(text) ?? Encoding.UTF8.GetString(text);
    }
}
