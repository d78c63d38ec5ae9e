using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Telemetry.Benchmarks.Tries;

/// <summary>A conversation of an agent: tools, a system prompt, and in each turn a text of the user and an answer of the model.</summary>
internal sealed class Conversation
{
    private const int ToolCount = 15;
    private const int ToolBytes = 1_000;
    private const int SystemBytes = 6_000;
    private const int UserBytes = 1_000;
    private const int AnswerBytes = 2_000;

    private readonly string _text;
    private readonly List<string> _messages = [];
    private readonly string _system;
    private int _at;

    public Conversation(string text, int seed)
    {
        _text = text;
        _at = (int)((long)seed * 7_919 % (text.Length / 2));
        _system = Take(SystemBytes);
    }

    /// <summary>The next request.</summary>
    public byte[] NextTurn(int userBytes = UserBytes, int answerBytes = AnswerBytes)
    {
        if (_messages.Count > 0)
        {
            _messages.Add(Take(answerBytes));
        }

        _messages.Add(Take(userBytes));
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json);
        }

        return body.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", "claude-opus-5");
        json.WriteStartArray("tools");
        for (var i = 0; i < ToolCount; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", $"tool_{i}");
            json.WriteString("description", _text.AsSpan(i * ToolBytes, ToolBytes));
            json.WriteStartObject("input_schema");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("system", _system);
        json.WriteStartArray("messages");
        for (var i = 0; i < _messages.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("role", i % 2 == 0 ? "user" : "assistant");
            json.WriteString("content", _messages[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string Take(int length)
    {
        _at = _at + length < _text.Length ? _at : 0;
        var part = new StringBuilder(length).Append(_text, _at, length).ToString();
        _at += length;
        return part;
    }
}
