using System.Text;
using Telemetry.Handler.EventStreams;
using Xunit;

namespace Telemetry.Handler.Tests.EventStreams;

public sealed class ChunkPayloadTests
{
    private const string Event = """{"type":"ping"}""";

    private static string Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(Event));

    [Theory]
    [InlineData("""{"bytes":"#"}""")]
    [InlineData("""{"bytes":"#","p":"abcdefghij"}""")]
    [InlineData("""{"p":"abc\u0064","bytes":"#"}""")]
    [InlineData("""{ "p" : "", "bytes" : "#" , "more" : [1,{"bytes":"no"}] } """)]
    [InlineData("""{"bytes":"bm8=","bytes":"#"}""")]
    [InlineData("""{"bytes":"not base64","bytes":"#"}""")]
    [InlineData("""{"bytes":"#","p":"ab\"c"}""")]
    public void An_event_is_decoded_whatever_the_form_of_its_chunk(string form)
    {
        var json = form.Replace("#", Base64, StringComparison.Ordinal);

        Assert.Equal((ChunkState.Whole, Event), Read(json));
        Assert.Equal((ChunkState.Whole, Event), Read(form.Replace("#", Escaped(Base64), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"bytes":"a"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"abc"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"eyJ0=XBl"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"eyJ0eQ==eyJ0eQ=="}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"eyJ0 eXBl"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"eyJ0\neXBl"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"{\"type\":1}"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"eyJ0-_Bl"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"bytes":"\ud83d\ude00AAAA"}""", ChunkState.InvalidBase64)]
    [InlineData("""{"p":"abc"}""", ChunkState.Empty)]
    [InlineData("""{"bytes":null}""", ChunkState.Empty)]
    [InlineData("""{"bytes":5}""", ChunkState.Empty)]
    [InlineData("""{"bytes":["eyJ0"]}""", ChunkState.Empty)]
    [InlineData("""{"bytes":{"a":"eyJ0"},"p":"abc"}""", ChunkState.Empty)]
    [InlineData("""{"bytes":"eyJ0","bytes":null}""", ChunkState.Empty)]
    [InlineData("""[{"bytes":"eyJ0"}]""", ChunkState.Empty)]
    [InlineData("""{"bytes":"eyJ0""", ChunkState.Malformed)]
    [InlineData("""{"bytes":"eyJ0","p":"abc"}}""", ChunkState.Malformed)]
    [InlineData("""{"bytes":"eyJ0","p":"abc" "x"}""", ChunkState.Malformed)]
    [InlineData("""{"bytes":"eyJ0","p":"abc",""", ChunkState.Malformed)]
    [InlineData("eyJ0", ChunkState.Malformed)]
    [InlineData("", ChunkState.Malformed)]
    public void What_is_no_chunk_is_told(string json, object expected) => Assert.Equal(expected, Read(json).State);

    [Fact]
    public void Events_of_every_length_are_decoded_however_they_are_cut()
    {
        var random = new Random(64);
        for (var length = 0; length < 6000; length += 1 + (length / 50))
        {
            var text = new string((char)('a' + (length % 26)), length);
            var json = $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}","p":"abc"}""";

            Assert.Equal((ChunkState.Whole, text), Read(json));
            Assert.Equal((ChunkState.Whole, text), Read(json, 1 + random.Next(50)));
        }
    }

    private static (ChunkState State, string Text) Read(string json)
    {
        var whole = Read(json, int.MaxValue);
        for (var chunk = 1; chunk < Math.Min(json.Length, 40); chunk++)
        {
            var cut = Read(json, chunk);
            Assert.Equal(whole.State, cut.State);
            Assert.Equal(whole.State == ChunkState.Whole ? whole.Text : cut.Text, cut.Text);
        }

        return whole;
    }

    private static (ChunkState State, string Text) Read(string json, int chunk)
    {
        var sink = new Sink();
        var payload = new ChunkPayload(sink);
        payload.Reset();
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length))
        {
            var part = bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at));
            payload.Feed(part, whole: part.Length == bytes.Length);
        }

        return (payload.State, sink.Text.ToString());
    }

    private static string Escaped(string text) => string.Concat(text.Select((c, i) => i % 3 == 1 ? $"\\u{(int)c:x4}" : c is '/' ? "\\/" : $"{c}"));

    private sealed class Sink : IChunkSink
    {
        public StringBuilder Text { get; } = new();

        public void OnBytesStart() => Text.Clear();

        public void OnBytes(ReadOnlySpan<byte> part, bool whole) => Text.Append(Encoding.UTF8.GetString(part));
    }
}
