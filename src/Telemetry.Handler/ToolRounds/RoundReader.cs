using System.Runtime.InteropServices;
using System.Text.Json;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;

namespace Telemetry.Handler.ToolRounds;

/// <summary>
/// Pairs calls of tools with their results, from a prompt's end backwards, as many as are wanted. For one thread at a time.
/// </summary>
internal sealed class RoundReader : IDisposable
{
    // More results than a prompt's answers can ask for; those without a call are not taken by the API anyway.
    private const int MaxOpen = 1024;

    // Many results of few answers are read no further than a loop can be told by.
    private const int MaxPerAnswer = 4;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly ArgumentHasher _arguments = new();
    private readonly MemberList _members = new();
    private readonly List<OpenResult> _open = [];
    private readonly List<(int Start, int Length)> _names = [];
    private readonly List<SeenRound> _rounds = [];
    private int _answers;

    /// <summary>The rounds that were read, oldest first.</summary>
    public ReadOnlySpan<SeenRound> Rounds => CollectionsMarshal.AsSpan(_rounds);

    /// <summary>Reads rounds.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="hasher">The hasher of its segments.</param>
    /// <param name="from">The first message whose rounds are all wanted.</param>
    /// <param name="atLeast">How many answers' rounds are wanted of those before, while they are not very many.</param>
    public void Read(SegmentedPrompt prompt, ReadOnlySpan<byte> body, SegmentHasher hasher, int from, int atLeast)
    {
        _open.Clear();
        _names.Clear();
        _rounds.Clear();
        _answers = 0;
        var (run, message, hasResult, hasWord) = (0, -1, false, false);
        for (var i = prompt.Segments.Count - 1; i >= 0 && IsWanted(prompt.Segments[i], from, atLeast); i--)
        {
            var segment = prompt.Segments[i];
            if (segment.Message != message)
            {
                run += hasWord && !hasResult ? 1 : 0;
                (message, hasResult, hasWord) = (segment.Message, false, false);
            }

            hasResult |= segment.Kind == SegmentKind.ToolResult;
            hasWord |= segment.Role == SegmentRole.User;
            if (segment.Kind is SegmentKind.ToolResult or SegmentKind.ServerToolResult)
            {
                Open(body, segment, i);
            }
            else if (segment.Kind is SegmentKind.ToolUse or SegmentKind.ServerToolUse)
            {
                Close(body, segment, i, run, hasher);
            }
        }

        _rounds.Sort(static (one, other) => one.ResultAt.CompareTo(other.ResultAt));
    }

    /// <summary>The id of a round's call, as it stands in the body.</summary>
    public ReadOnlySpan<byte> IdOf(in SeenRound round, SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        var use = prompt.Segments[round.Use];
        Scan(body, use.Start, use.Length);
        var id = _members.Find(0, MemberName.Id);
        return body.Slice(id.Start, id.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _arguments.Dispose();

    private bool IsWanted(in Segment segment, int from, int atLeast) =>
        segment.Level == CacheLevel.Messages && (segment.Message >= from || IsWanted(segment.Message, atLeast));

    private bool IsWanted(int message, int atLeast) =>
        _rounds.Count < MaxPerAnswer * atLeast && (_answers < atLeast || (_answers == atLeast && message == _rounds[^1].Answer));

    private void Open(ReadOnlySpan<byte> body, in Segment segment, int index)
    {
        if (_open.Count >= MaxOpen)
        {
            _open.RemoveAt(0);
        }

        Scan(body, segment.Start, segment.Length);
        var (id, error, content) = (_members.Find(0, MemberName.ToolUseId), _members.Find(0, MemberName.IsError), _members.Find(0, MemberName.Content));
        var isError = (error.Length > 0 && body[error.Start] == 't')
            || (segment.Kind == SegmentKind.ServerToolResult && IsServerError(body, content));
        _open.Add(new OpenResult(index, segment.Message, segment.Hash, id, isError));
    }

    // The nearest result behind the call, where an id is used again.
    private void Close(ReadOnlySpan<byte> body, in Segment segment, int index, int run, SegmentHasher hasher)
    {
        Scan(body, segment.Start, segment.Length);
        var (id, name, input) = (_members.Find(0, MemberName.Id), _members.Find(0, MemberName.Name), _members.Find(0, MemberName.Input));
        for (var i = _open.Count - 1; i >= 0 && id.Length > 0; i--)
        {
            var open = _open[i];
            if (body.Slice(open.Id.Start, open.Id.Length).SequenceEqual(body.Slice(id.Start, id.Length)))
            {
                _open.RemoveAt(i);
                _answers += _rounds.Count == 0 || _rounds[^1].Answer != segment.Message ? 1 : 0;
                _rounds.Add(new SeenRound
                {
                    Tool = ToolOf(body, name),
                    Arguments = _arguments.Of(body.Slice(input.Start, input.Length), hasher),
                    Result = open.Hash,
                    IsError = open.IsError,
                    IsServer = segment.Kind == SegmentKind.ServerToolUse,
                    Run = run,
                    Use = index,
                    Answer = segment.Message,
                    ResultAt = open.Index,
                    Message = open.Message,
                });
                return;
            }
        }
    }

    private int ToolOf(ReadOnlySpan<byte> body, Member name)
    {
        var text = body.Slice(name.Start, name.Length);
        for (var i = 0; i < _names.Count; i++)
        {
            if (body.Slice(_names[i].Start, _names[i].Length).SequenceEqual(text))
            {
                return i;
            }
        }

        _names.Add((name.Start, name.Length));
        return _names.Count - 1;
    }

    // {"type":"web_search_tool_result","content":{"type":"web_search_tool_result_error",…}}
    private bool IsServerError(ReadOnlySpan<byte> body, Member content)
    {
        if (content.Length == 0 || body[content.Start] != '{')
        {
            return false;
        }

        Scan(body, content.Start, content.Length);
        var type = _members.Find(0, MemberName.Type);
        return body.Slice(type.Start, type.Length).EndsWith("_error\""u8);
    }

    private void Scan(ReadOnlySpan<byte> body, int start, int length)
    {
        _members.CutTo(0);
        var json = new Utf8JsonReader(body.Slice(start, length), Options);
        json.Read();
        _members.Scan(ref json, start);
    }

    private readonly record struct OpenResult(int Index, int Message, UInt128 Hash, Member Id, bool IsError);
}
