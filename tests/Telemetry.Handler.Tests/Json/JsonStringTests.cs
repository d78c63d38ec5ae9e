using System.Text;
using System.Text.Json;
using Telemetry.Handler.Json;
using Xunit;

namespace Telemetry.Handler.Tests.Json;

public sealed class JsonStringTests
{
    [Fact]
    public void It_reads_what_the_frameworks_parser_reads_wherever_it_is_cut()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var value = RandomText(random);
            var escaped = Escape(value, random);
            var expected = JsonSerializer.Deserialize<string>("\"" + escaped + "\"")!;
            var bytes = Encoding.UTF8.GetBytes(escaped + "\",rest");

            var (text, size, rest) = Read(bytes, random.Next(1, 9));

            Assert.Equal(expected, text);
            Assert.Equal(Encoding.UTF8.GetByteCount(expected), size);
            Assert.Equal(",rest", rest);
        }
    }

    [Theory]
    [InlineData("""\ud83d""", "\uFFFD")]
    [InlineData("""\ude00""", "\uFFFD")]
    [InlineData("""\ud83dx""", "\uFFFDx")]
    [InlineData("""\ud83d\n\ude00""", "\uFFFD\n\uFFFD")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD😀")]
    [InlineData("""\u12G4""", "\uFFFDG4")]
    [InlineData("""\u12\u0041""", "\uFFFDA")]
    [InlineData("""\q""", "q")]
    [InlineData("\u0000\u0001", "\u0000\u0001")]
    [InlineData("""\u0000""", "\u0000")]
    public void What_no_parser_would_take_still_ends_at_its_quote(string written, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(written + "\",rest");

        for (var piece = 1; piece <= bytes.Length; piece++)
        {
            Assert.Equal((expected, (long)Encoding.UTF8.GetByteCount(expected), ",rest"), Read(bytes, piece));
        }
    }

    [Fact]
    public void Only_the_beginning_of_a_long_string_is_kept()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('a', 100_000) + "\",rest");

        var (text, size, rest) = Read(bytes, 333);

        Assert.Equal(new string('a', JsonString.LongestText), text);
        Assert.Equal(100_000, size);
        Assert.Equal(",rest", rest);
    }

    [Fact]
    public void Nothing_is_kept_where_only_the_size_is_wanted()
    {
        var sut = new JsonString();
        sut.Begin(keep: false);
        var bytes = "a\\n\\u00e9\""u8;

        Assert.True(sut.Feed(ref bytes));

        Assert.Equal(4, sut.Size);
        Assert.True(sut.Text.IsEmpty);
    }

    private static (string Text, long Size, string After) Read(byte[] bytes, int piece)
    {
        var sut = new JsonString();
        sut.Begin(keep: true);
        for (var at = 0; at < bytes.Length; at += piece)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(at, Math.Min(piece, bytes.Length - at));
            var before = part.Length;
            if (sut.Feed(ref part))
            {
                return (Encoding.UTF8.GetString(sut.Text), sut.Size, Encoding.UTF8.GetString(bytes.AsSpan(at + before - part.Length)));
            }
        }

        throw new InvalidOperationException("the string did not end");
    }

    private static string RandomText(Random random)
    {
        string[] pieces = ["a", "ß", "世", "😀", "\"", "\\", "/", "\n", "\t", "\b", "\u007f", "\u2028", "plain words ", "x"];
        return string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static string Escape(string value, Random random)
    {
        var escaped = new StringBuilder();
        foreach (var unit in value)
        {
            var known = "\"\\\n\t\b".IndexOf(unit, StringComparison.Ordinal);
            var mustEscape = known >= 0 || char.IsSurrogate(unit);
            if (known >= 0 && random.Next(3) > 0)
            {
                escaped.Append('\\').Append("\"\\ntb"[known]);
            }
            else if (mustEscape || random.Next(6) == 0)
            {
                escaped.Append(random.Next(2) == 0 ? $"\\u{(int)unit:x4}" : $"\\u{(int)unit:X4}");
            }
            else
            {
                escaped.Append(unit);
            }
        }

        return escaped.ToString();
    }
}
