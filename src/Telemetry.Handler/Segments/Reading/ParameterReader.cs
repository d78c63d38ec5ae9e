using System.Text.Json;

namespace Telemetry.Handler.Segments.Reading;

/// <summary>Reads the parameters of a request that decide what of its prompt can be cached.</summary>
internal static class ParameterReader
{
    /// <summary>Reads the parameter that the reader's value is of; others are left unread.</summary>
    public static void Read(MemberName name, ref Utf8JsonReader json, SegmentedPrompt prompt)
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
                ReadOutput(ref json, prompt, isFormat: false);
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
    private static void ReadOutput(ref Utf8JsonReader json, SegmentedPrompt prompt, bool isFormat)
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
                // Once: a body may nest as deep as it likes.
                case MemberName.Format when !isFormat:
                    ReadOutput(ref json, prompt, isFormat: true);
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
}
