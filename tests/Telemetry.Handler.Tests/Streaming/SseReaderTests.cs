using System.Text;
using Telemetry.Handler.Streaming;
using Xunit;

namespace Telemetry.Handler.Tests.Streaming;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\n", "|a")]
    [InlineData("data:a\n\n", "|a")]
    [InlineData("data:  a \n\n", "| a ")]
    [InlineData("event: e\ndata: a\n\n", "e|a")]
    [InlineData("event:e\ndata:a\n\n", "e|a")]
    [InlineData("data: a\nevent: e\n\n", "e|a")]
    [InlineData("event: x\nevent: e\ndata: a\n\n", "e|a")]
    [InlineData("event: e\n\ndata: a\n\n", "|a")]
    [InlineData("data: a\ndata: b\ndata:\ndata: c\n\n", "|a\nb\n\nc")]
    [InlineData("data\n\n", "|")]
    [InlineData("data:\n\n", "|")]
    [InlineData("data\ndata\n\n", "|\n")]
    [InlineData(": comment\ndata: a\n: data: b\n\n", "|a")]
    [InlineData("id: 1\nretry: 5\ndata: a\nDATA: b\ndatax: c\n data: d\ndat: e\n\n", "|a")]
    [InlineData("data: a\n\n\n\ndata: b\n\n", "|a", "|b")]
    [InlineData("\uFEFFdata: a\n\n", "|a")]
    [InlineData("data: a\n\n\uFEFFdata: b\n\n", "|a")]
    [InlineData("event\ndata: a\n\n", "|a")]
    [InlineData("data: a", "|a (cut)")]
    [InlineData("data: a\n", "|a (cut)")]
    [InlineData("event: e\ndata: a\n\nevent: e\n", "e|a")]
    [InlineData("data: \0\u0001\n\n", "|\0\u0001")]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("no field")]
    public void Lines_are_read_as_the_standard_says_wherever_they_are_cut(string stream, params string[] expected)
    {
        foreach (var ending in new[] { "\n", "\r\n", "\r" })
        {
            var bytes = Encoding.UTF8.GetBytes(stream.Replace("\n", ending, StringComparison.Ordinal));
            for (var cut = 0; cut <= bytes.Length; cut++)
            {
                Assert.Equal(expected, Read(bytes[..cut], bytes[cut..]), StringComparer.Ordinal);
            }

            Assert.Equal(expected, Read([.. bytes.Select(b => new[] { b })]), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Line_endings_may_be_mixed() =>
        Assert.Equal(["|a\nb", "|c", "|d"], Read("data: a\rdata: b\r\n\r\ndata: c\n\r\ndata: d\r\r"u8.ToArray()));

    [Fact]
    public void Only_a_whole_first_data_line_is_handed_on_as_whole()
    {
        Assert.Equal([true], Wholes("data: a\n\n"u8.ToArray()));
        Assert.Equal([true, false, false], Wholes("data: a\ndata: b\n\n"u8.ToArray()));
        Assert.Equal([false, false], Wholes("data: a"u8.ToArray(), "b\n\n"u8.ToArray()));
        Assert.Equal([true], Wholes("dat"u8.ToArray(), "a: x\n"u8.ToArray(), "\ndata: b\n\n"u8.ToArray())[1..]);
    }

    [Fact]
    public void A_name_of_any_length_is_cut()
    {
        var name = new string('e', 1000);

        Assert.Equal(name[..64] + "|a", Assert.Single(Read(Encoding.UTF8.GetBytes($"event: {name}\ndata: a\n\n"))));
        Assert.Equal(name[..64] + "|a", Assert.Single(Read(Encoding.UTF8.GetBytes($"event: {name}"), Encoding.UTF8.GetBytes($"{name}\ndata: a\n\n"))));
    }

    private static List<string> Read(params byte[][] pieces)
    {
        var sink = new Sink();
        Feed(sink, pieces);
        return sink.Events;
    }

    private static List<bool> Wholes(params byte[][] pieces)
    {
        var sink = new Sink();
        Feed(sink, pieces);
        return sink.Wholes;
    }

    private static void Feed(Sink sink, byte[][] pieces)
    {
        var reader = new SseReader(sink);
        foreach (var piece in pieces)
        {
            reader.Feed(piece);
        }

        reader.Complete();
    }

    private sealed class Sink : ISseSink
    {
        private readonly StringBuilder _data = new();

        public List<string> Events { get; } = [];

        public List<bool> Wholes { get; } = [];

        public void OnData(ReadOnlySpan<byte> part, bool whole)
        {
            Wholes.Add(whole);
            _data.Append(Encoding.Latin1.GetString(part));
        }

        public void OnEvent(ReadOnlySpan<byte> name, bool cut)
        {
            Events.Add($"{Encoding.Latin1.GetString(name)}|{_data}{(cut ? " (cut)" : "")}");
            _data.Clear();
        }
    }
}
