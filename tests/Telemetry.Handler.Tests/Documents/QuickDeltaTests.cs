using System.Text;
using System.Text.Json;
using Telemetry.Handler.Documents;
using Xunit;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Tests.Documents;

public sealed class QuickDeltaTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("text_delta", "text", Field.TextSize)]
    [InlineData("thinking_delta", "thinking", Field.ThinkingSize)]
    [InlineData("input_json_delta", "partial_json", Field.ToolInputSize)]
    public void It_tells_the_same_as_the_reader_of_documents(string type, string member, object expectedKind)
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (string[])["a", "é", "\n", "\"", "\\", "世界", "{\"q\": 1}"]).Select(p => p[random.Next(p.Length)]));
            var json = $$"""{"type":"content_block_delta","index":{{random.Next(12)}},"delta":{"type":"{{type}}","{{member}}":{{JsonSerializer.Serialize(text, Plain)}}}{{new string(' ', random.Next(15))}}}{{new string(' ', random.Next(2))}}""";

            Assert.True(QuickDelta.TryRead(Encoding.UTF8.GetBytes(json), out var kind, out var size, out _), json);

            Assert.Equal(expectedKind, kind);
            Assert.Equal(Encoding.UTF8.GetByteCount(text), size);
            var received = Slowly(json);
            Assert.Equal(size, kind == Field.TextSize ? received.Text : kind == Field.ThinkingSize ? received.Thinking : received.ToolInput);
        }
    }

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\u00e9"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a","more":1}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"},"usage":{}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}x""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\""")]
    [InlineData("""{"type":"content_block_delta","index":-1,"delta":{"type":"text_delta","text":"a"}}""")]
    [InlineData("""{"type":"content_block_delta","index":,"delta":{"type":"text_delta","text":"a"}}""")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"a"}}""")]
    [InlineData("""{"type": "content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}""")]
    [InlineData("""{"type":"message_stop"}""")]
    [InlineData("")]
    public void Any_other_form_is_left_to_the_reader_of_documents(string json) =>
        Assert.False(QuickDelta.TryRead(Encoding.UTF8.GetBytes(json), out _, out _, out _));

    private static Received Slowly(string json)
    {
        var reader = new MessageReader();
        reader.Feed(Encoding.UTF8.GetBytes(json));
        Assert.True(reader.IsDone);
        Assert.Equal(EventType.ContentBlockDelta, reader.Draft.Type);
        return reader.Draft.Received;
    }
}
