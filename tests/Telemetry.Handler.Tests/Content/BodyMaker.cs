using System.Globalization;
using System.Text;

namespace Telemetry.Handler.Tests.Content;

/// <summary>Makes requests and answers that nobody would write, but that may come.</summary>
internal sealed class BodyMaker(int seed)
{
    private static readonly string[] Texts =
    [
        "plain words of a prompt ", "", "\\ud83d\\ude00", "\\ud83d", "\\udc00x", "\\u0000\\u001f", "\\n\\t\\\"\\\\", "é漢😀", "<b>&amp;'", "\\u2028\\u2029",
        "sk-ant-PLANTED", "\\/\\b\\f\\r",
    ];

    private static readonly string[] Names = ["type", "text", "content", "id", "role", "input", "source", "data", "odd", "\\u0074ype", "", "name"];

    private readonly Random _random = new(seed);

    public string Request() =>
        $$"""{"model":"m","system":{{Content(0)}},"tools":{{List(Tool)}},"messages":{{List(Message)}},"stop_sequences":{{List(Text)}}}""";

    public string Stream() => Captured.Stream([.. Enumerable.Range(0, _random.Next(12)).Select(_ => Event())]);

    public string Body() => $$$"""{"id":"msg","type":"message","role":"assistant","content":{{{List(() => Block(0))}}},"stop_reason":"max_tokens","usage":{"output_tokens":1}}""";

    /// <summary>Turns some bytes into others, or cuts the end off.</summary>
    public byte[] Damage(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_random.Next(3) == 0)
        {
            return bytes[..(bytes.Length - _random.Next(Math.Min(bytes.Length, 200)))];
        }

        for (var i = _random.Next(4); i > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    private string Event() => _random.Next(4) switch
    {
        0 => $$"""{"type":"content_block_start","index":{{_random.Next(4)}},"content_block":{{Block(0)}}}""",
        1 => $$$"""{"type":"content_block_delta","index":{{{_random.Next(4)}}},"delta":{"type":"text_delta","text":{{{Text()}}}}}""",
        2 => $$$"""{"type":"content_block_delta","index":{{{_random.Next(4)}}},"delta":{"type":"input_json_delta","partial_json":{{{Text()}}}}}""",
        _ => $$$"""{"type":"content_block_delta","index":{{{_random.Next(4)}}},"delta":{"type":"thinking_delta","thinking":{{{Text()}}}}}""",
    };

    private string Message() => $$"""{"role":{{Text()}},"content":{{Content(0)}}}""";

    private string Content(int depth) => _random.Next(5) switch
    {
        0 => Text(),
        1 => Value(depth),
        _ => List(() => Block(depth)),
    };

    private string Block(int depth) => _random.Next(9) switch
    {
        0 => $$"""{"type":"text","text":{{Text()}}}""",
        1 => $$"""{"type":"thinking","thinking":{{Text()}},"signature":"PLANTED"}""",
        2 => $$"""{"type":"tool_use","id":{{Text()}},"name":{{Text()}},"input":{{Value(0)}}}""",
        3 when depth < 6 => $$"""{"type":"tool_result","tool_use_id":{{Text()}},"content":{{Content(depth + 1)}}}""",
        4 => """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"PLANTED"}}""",
        5 => $$"""{"source":{"data":"PLANTED","type":"base64"},"type":"document"}""",
        6 => """{"type":"redacted_thinking","data":"PLANTED"}""",
        7 => $$"""{"type":"web_search_tool_result","tool_use_id":"x","content":{{Value(0)}}}""",
        _ => Value(0),
    };

    private string Tool() => $$"""{"name":{{Text()}},"description":{{Text()}},"input_schema":{{Value(0)}}}""";

    private string Value(int depth) => _random.Next(depth > 40 ? 4 : 8) switch
    {
        0 => Text(),
        1 => (_random.NextDouble() * 1e30).ToString("R", CultureInfo.InvariantCulture),
        2 => "null",
        3 => "true",
        4 or 5 => List(() => Value(depth + 1)),
        6 => string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70)),
        _ => $"{{{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => $"\"{Names[_random.Next(Names.Length)]}\":{Value(depth + 1)}"))}}}",
    };

    private string List(Func<string> item) => $"[{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => item()))}]";

    private string Text() => $"\"{string.Concat(Enumerable.Repeat(Texts[_random.Next(Texts.Length)], _random.Next(30)))}\"";
}
