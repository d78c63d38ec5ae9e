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

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="prompt">Takes the segments; it is cleared first.</param>
    /// <param name="counter">Counts every segment while its text is at hand, in the body's order; null: nobody does.</param>
    public void Read(ReadOnlySpan<byte> body, SegmentedPrompt prompt, ISegmentCounter? counter = null)
    {
        prompt.Clear();
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
                Forget(prompt, CacheLevel.Tools);
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Tools, SegmentRole.None, -1), ref json);
                return true;
            case MemberName.System:
                Forget(prompt, CacheLevel.System);
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.System, SegmentRole.System, -1), ref json);
                return true;
            case MemberName.Messages:
                Forget(prompt, CacheLevel.Messages);
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
                prompt.Faults |= ContinuesThread(ref json) ? SegmentFaults.ThreadContinued : SegmentFaults.None;
                break;
            default:
                break;
        }
    }

    // The last of several equal keys counts.
    private static void Forget(SegmentedPrompt prompt, CacheLevel level)
    {
        prompt.Segments.RemoveAll(segment => segment.Level == level);
        prompt.Messages = level == CacheLevel.Messages ? 0 : prompt.Messages;
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
        var role = RoleOf(json);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = MemberNames.Of(ref json);
            json.Read();
            if (name == MemberName.Content)
            {
                ReadBlocks(new BlockPlace(body, prompt, counter, CacheLevel.Messages, role, prompt.Messages), ref json);
            }

            json.Skip();
        }
    }

    private static SegmentRole RoleOf(Utf8JsonReader json)
    {
        var role = SegmentRole.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = MemberNames.Of(ref json) == MemberName.Role;
            json.Read();
            if (isRole && json.TokenType == JsonTokenType.String)
            {
                role = json.ValueSpan switch
                {
                    var value when value.SequenceEqual("user"u8) => SegmentRole.User,
                    var value when value.SequenceEqual("assistant"u8) => SegmentRole.Assistant,
                    var value when value.SequenceEqual("system"u8) => SegmentRole.System,
                    _ => SegmentRole.None,
                };

                // Clients put the role first; whatever stands behind it need not be read twice.
                return role;
            }

            json.Skip();
        }

        return role;
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
