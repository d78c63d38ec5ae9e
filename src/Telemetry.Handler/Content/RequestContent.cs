using System.Text.Json;
using Telemetry.Handler.Content.Parts;
using Telemetry.Handler.Content.Texts;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Content;

/// <summary>The content of a request, read from its body.</summary>
internal sealed class RequestContent(ContentOptions options)
{
    private const int MostStopSequences = 16;
    private const int LongestStopSequence = 256;
    private const int LongestRole = 64;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    public ContentList System { get; } = new(options.MaxBytes);

    public ContentList Messages { get; } = new(options.MaxBytes);

    public ContentList Tools { get; } = new(options.MaxBytes);

    public List<string> StopSequences { get; } = [];

    /// <summary>Reads a body. A malformed one has no content.</summary>
    public void Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body, ReaderOptions);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                ReadBody(ref json);

                // Anything but white space after the object is an error, which this tells.
                json.Read();
            }
        }
        catch (JsonException)
        {
            Clear();
        }
    }

    private void Clear()
    {
        System.Clear();
        Messages.Clear();
        Tools.Clear();
        StopSequences.Clear();
    }

    // Converse keeps tools and stop sequences one level deeper.
    private void ReadBody(ref Utf8JsonReader json, bool isNested = false)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isSystem, isMessages) = (JsonText.Is(ref json, "system"u8), JsonText.Is(ref json, "messages"u8));
            var isTools = JsonText.Is(ref json, "tools"u8);
            var isStops = JsonText.Is(ref json, "stop_sequences"u8) || JsonText.Is(ref json, "stopSequences"u8);
            var isConfig = JsonText.Is(ref json, "toolConfig"u8) || JsonText.Is(ref json, "inferenceConfig"u8);
            json.Read();
            if (isSystem)
            {
                ReadSystem(ref json);
            }
            else if (isMessages)
            {
                ReadMessages(ref json);
            }
            else if (isTools)
            {
                ReadTools(ref json);
            }
            else if (isStops)
            {
                ReadStopSequences(ref json);
            }
            else if (isConfig && json.TokenType == JsonTokenType.StartObject && !isNested)
            {
                ReadBody(ref json, isNested: true);
            }

            json.Skip();
        }
    }

    private void ReadSystem(ref Utf8JsonReader json)
    {
        System.Clear();
        System.Begin(role: null);
        new BlockReader(options.MaxBytes).ReadContent(ref json, System);
    }

    private void ReadMessages(ref Utf8JsonReader json)
    {
        Messages.Clear();
        var isList = json.TokenType == JsonTokenType.StartArray;
        while (isList && json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadMessage(ref json);
            }

            json.Skip();
        }
    }

    private void ReadMessage(ref Utf8JsonReader json)
    {
        // The role may stand behind the content.
        var message = Messages.Begin(RoleOf(json));
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = JsonText.Is(ref json, "content"u8);
            json.Read();
            if (isContent && message.Parts.Count == 0)
            {
                new BlockReader(options.MaxBytes).ReadContent(ref json, Messages);
            }

            json.Skip();
        }
    }

    private static string RoleOf(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = JsonText.Is(ref json, "role"u8);
            json.Read();
            if (isRole && json.TokenType == JsonTokenType.String)
            {
                return SecretMask.Apply(JsonText.Beginning(ref json, LongestRole));
            }

            json.Skip();
        }

        return "user";
    }

    private void ReadTools(ref Utf8JsonReader json)
    {
        Tools.Clear();
        Tools.Begin(role: null);
        var isList = json.TokenType == JsonTokenType.StartArray;
        while (isList && json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject && new ToolReader(options).Read(ref json) is { } tool)
            {
                Tools.Add(tool);
            }

            json.Skip();
        }
    }

    private void ReadStopSequences(ref Utf8JsonReader json)
    {
        StopSequences.Clear();
        var isList = json.TokenType == JsonTokenType.StartArray;
        while (isList && json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.String && StopSequences.Count < MostStopSequences)
            {
                StopSequences.Add(SecretMask.Apply(JsonText.Beginning(ref json, LongestStopSequence)));
            }

            json.Skip();
        }
    }
}
