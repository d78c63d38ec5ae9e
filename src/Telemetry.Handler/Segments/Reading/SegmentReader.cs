using System.Runtime.InteropServices;
using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>
/// Reads a request's body once, from front to back, and tells its prompt segment by segment, each as what the model reads of
/// it. Holds one segment's text at a time. For one thread at a time.
/// </summary>
internal sealed class SegmentReader(SegmentHasher hasher) : IDisposable
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly BlockReader _blocks = new(hasher);

    // The last of several equal keys counts: a level's segments begin with its last key's.
    private readonly int[] _begins = new int[(int)CacheLevel.Messages + 1];

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="prompt">Takes the segments; it is cleared first.</param>
    /// <param name="counter">Counts every segment while its text is at hand, in the body's order; null: nobody does.</param>
    public void Read(ReadOnlySpan<byte> body, SegmentedPrompt prompt, ISegmentCounter? counter = null)
    {
        prompt.Clear();
        _begins.AsSpan().Clear();
        var json = new Utf8JsonReader(body, Options);
        try
        {
            ReadBody(body, ref json, prompt, counter);
        }
        catch (JsonException)
        {
            prompt.Faults |= SegmentFaults.Malformed;
        }

        if (prompt.Messages == 0)
        {
            prompt.Faults |= SegmentFaults.NoMessages;
        }

        Forget(prompt);

        // A body may name its messages before its system and its tools.
        prompt.Segments.Sort(InCacheOrder);
    }

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    private static int InCacheOrder(Segment one, Segment other) =>
        one.Level != other.Level ? (int)one.Level - (int)other.Level
        : one.Message != other.Message ? one.Message.CompareTo(other.Message)
        : one.Block.CompareTo(other.Block);

    private void ReadBody(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            prompt.Faults |= SegmentFaults.Malformed;
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            if (!ReadPrompt(name, body, ref json, prompt, counter))
            {
                ReadParameter(name, ref json, prompt);
            }

            json.Skip();
        }

        // Anything but white space after the object is an error, which this tells.
        json.Read();
    }

    private bool ReadPrompt(MemberName name, ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        switch (name)
        {
            case MemberName.Tools:
                _begins[(int)CacheLevel.Tools] = prompt.Segments.Count;
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Tools, SegmentRole.None, -1), ref json);
                return true;
            case MemberName.System:
                _begins[(int)CacheLevel.System] = prompt.Segments.Count;
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.System, SegmentRole.System, -1), ref json);
                return true;
            case MemberName.Messages:
                _begins[(int)CacheLevel.Messages] = prompt.Segments.Count;
                (prompt.Messages, prompt.RepeatedIn) = (0, null);
                ReadMessages(body, ref json, prompt, counter);
                return true;
            default:
                return false;
        }
    }

    private static void ReadParameter(MemberName name, ref Utf8JsonReader json, SegmentedPrompt prompt)
    {
        switch (name)
        {
            case MemberName.CacheControl:
                prompt.Automatic = CacheControl.Read(ref json);
                break;
            case MemberName.ToolChoice:
                var choiceStart = (int)json.TokenStartIndex;
                prompt.ToolChoice = ChoiceOf(ref json);
                prompt.ToolChoiceAt = (choiceStart, (int)json.BytesConsumed - choiceStart);
                break;
            case MemberName.OutputConfig or MemberName.OutputFormat:
                ReadOutput(ref json, prompt);
                break;
            case MemberName.ContextManagement:
                prompt.ContextManagementAt = PlaceOf(ref json);
                break;
            case MemberName.McpServers:
                prompt.McpServersAt = PlaceOf(ref json);
                break;
            case MemberName.Container:
                prompt.ContainerAt = PlaceOf(ref json);
                break;
            case MemberName.Thread:
                prompt.Faults &= ~SegmentFaults.ThreadContinued;
                prompt.Faults |= ContinuesThread(ref json) ? SegmentFaults.ThreadContinued : SegmentFaults.None;
                break;
            default:
                break;
        }
    }

    // All at once, however often a key came.
    private void Forget(SegmentedPrompt prompt)
    {
        var segments = CollectionsMarshal.AsSpan(prompt.Segments);
        var kept = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (i >= _begins[(int)segments[i].Level])
            {
                segments[kept++] = segments[i];
            }
        }

        prompt.Segments.RemoveRange(kept, segments.Length - kept);
    }

    private void ReadMessages(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadMessage(body, ref json, prompt, counter);
            }

            json.Skip();
            prompt.Messages++;
        }
    }

    private void ReadMessage(ReadOnlySpan<byte> body, ref Utf8JsonReader json, SegmentedPrompt prompt, ISegmentCounter? counter)
    {
        // The role may stand after the content: it is looked for first, on a copy of the reader.
        var role = MessageRole.FirstIn(json);
        var (first, firstMedia) = (prompt.Segments.Count, prompt.Media.Count);
        var (roles, contents) = (0, 0);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            if (name == MemberName.Role)
            {
                role = MessageRole.Of(json);
                roles++;
            }
            else if (name == MemberName.Content)
            {
                contents++;
                prompt.Segments.RemoveRange(first, prompt.Segments.Count - first);
                prompt.Media.RemoveRange(firstMedia, prompt.Media.Count - firstMedia);
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Messages, role, prompt.Messages), ref json);
            }

            json.Skip();
        }

        prompt.RepeatedIn ??= Math.Max(roles, contents) > 1 ? prompt.Messages : null;

        // No client names two roles; the last one counts.
        for (var i = first; i < prompt.Segments.Count && prompt.Segments[i].Role != role; i++)
        {
            prompt.Segments[i] = prompt.Segments[i] with { Role = role };
        }
    }

    private static ToolChoice ChoiceOf(ref Utf8JsonReader json)
    {
        var choice = ToolChoice.Auto;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return choice;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = MemberNames.Of(ref json) == MemberName.Type;
            json.Read();
            if (isType && json.TokenType == JsonTokenType.String)
            {
                choice = json.ValueSpan switch
                {
                    var value when value.SequenceEqual("none"u8) => ToolChoice.None,
                    var value when value.SequenceEqual("any"u8) => ToolChoice.Any,
                    var value when value.SequenceEqual("tool"u8) => ToolChoice.Tool,
                    _ => ToolChoice.Auto,
                };
            }

            json.Skip();
        }

        return choice;
    }

    private static (int Start, int Length) PlaceOf(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return (start, (int)json.BytesConsumed - start);
    }

    // output_config.format.schema, or the older output_format.schema; output_config.task_budget.
    private static void ReadOutput(ref Utf8JsonReader json, SegmentedPrompt prompt)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            switch (name)
            {
                case MemberName.Format:
                    ReadOutput(ref json, prompt);
                    break;
                case MemberName.Schema:
                    prompt.OutputSchema = PlaceOf(ref json);
                    break;
                case MemberName.TaskBudget:
                    prompt.TaskBudgetAt = PlaceOf(ref json);
                    break;
                default:
                    break;
            }

            json.Skip();
        }
    }

    private static bool ContinuesThread(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var continues = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            continues |= json.ValueSpan.SequenceEqual("continue"u8);
            json.Read();
            continues |= json.TokenType == JsonTokenType.String && json.ValueSpan.SequenceEqual("continue"u8);
            json.Skip();
        }

        return continues;
    }

    private void ReadBlocks(BlockPlace place, ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            _blocks.ReadString(place, ref json);
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        for (var block = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; block++)
        {
            _blocks.Read(place, block, ref json);
        }
    }
}
