using System.Globalization;
using System.Text;
using System.Text.Json;
using Telemetry.Handler.Json;
using Xunit;

namespace Telemetry.Handler.Tests.Json;

public sealed class JsonSkimmerTests
{
    [Fact]
    public void It_reads_what_the_frameworks_parser_reads_wherever_it_is_cut()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var text = RandomObject(random, depth: 0);
            using var document = JsonDocument.Parse(text);
            var expected = new StringBuilder();
            Describe(document.RootElement, expected);
            var bytes = Encoding.UTF8.GetBytes(text);

            Assert.Equal(expected.ToString(), Read(bytes, bytes.Length).Told);
            Assert.Equal(expected.ToString(), Read(bytes, 1).Told);
            Assert.Equal(expected.ToString(), Read(bytes, random.Next(1, 30)).Told);
        }
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" \t\r\n{} \n", true)]
    [InlineData("[]", true)]
    [InlineData("""{"a":[1,-2.5e+3,true,false,null,"x",{},[]]}""", true)]
    [InlineData("""{"skip":[[{"a":"]}"}]],"skip":{"a":{"b":[]}}}""", true)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("1", false)]
    [InlineData("\"text\"", false)]
    [InlineData("null", false)]
    [InlineData("<html>", false)]
    [InlineData("{}{}", false)]
    [InlineData("{} x", false)]
    [InlineData("{a:1}", false)]
    [InlineData("{\"a\"}", false)]
    [InlineData("{\"a\":}", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{\"a\":1 \"b\":2}", false)]
    [InlineData("[1,]", false)]
    [InlineData("[,1]", false)]
    [InlineData("[1}", false)]
    [InlineData("{\"a\":tru}", false)]
    [InlineData("{\"a\":1x}", false)]
    [InlineData("{\"a\":1-}", true)] // a number is only looked at by whoever wants it
    [InlineData("{\"skip\":[}]}", false)]
    [InlineData("{\"skip\":{\"a\":[1}}", false)]
    [InlineData("{'a':1}", false)]
    public void Structure_must_be_right(string text, bool whole)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        for (var piece = 1; piece <= Math.Max(1, bytes.Length); piece++)
        {
            Assert.Equal(whole, Read(bytes, piece).IsDone);
        }
    }

    [Fact]
    public void A_skipped_value_may_be_as_deep_as_it_likes()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":[""", 50_000)) + string.Concat(Enumerable.Repeat("]}", 50_000));
        var bytes = Encoding.UTF8.GetBytes($$"""{"skip":{{deep}},"a":7}""");

        var (told, isDone) = Read(bytes, 1000);

        Assert.True(isDone);
        Assert.Equal($"{{skip:~{deep.Length};a:7;}}", told);
    }

    [Fact]
    public void A_value_that_is_entered_may_be_64_deep()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

        Assert.True(Read(Nested(64), 7).IsDone);
        Assert.False(Read(Nested(65), 7).IsDone);
    }

    [Fact]
    public void A_number_longer_than_any_real_one_is_told_as_empty()
    {
        var digits = new string('9', 41);

        Assert.Equal("{a:;b:" + digits[..40] + ";}", Read(Encoding.UTF8.GetBytes($$"""{"a":{{digits}},"b":{{digits[..40]}}}"""), 5).Told);
    }

    [Fact]
    public void It_can_begin_again_after_anything()
    {
        var sink = new Describing();
        var sut = new JsonSkimmer(sink);
        foreach (var junk in new[] { "{\"a\":[1", "{]", "{\"skip\":[[", "{\"a\":\"\\u00" })
        {
            sut.Feed(Encoding.UTF8.GetBytes(junk));
            sut.Reset();
            sink.Told.Clear();

            Assert.False(sut.HasBegun);
            sut.Feed("{\"a\":1}"u8);

            Assert.True(sut.IsDone);
            Assert.Equal("{a:1;}", sink.Told.ToString());
            sut.Reset();
        }
    }

    private static (string Told, bool IsDone) Read(byte[] bytes, int piece)
    {
        var sink = new Describing();
        var sut = new JsonSkimmer(sink);
        foreach (var part in bytes.Chunk(Math.Max(1, piece)))
        {
            sut.Feed(part);
        }

        return (sink.Told.ToString(), sut.IsDone);
    }

    private static string RandomObject(Random random, int depth)
    {
        string Space() => random.Next(4) == 0 ? " \n\t"[..random.Next(4)] : "";
        string Value() => random.Next(depth > 4 ? 5 : 8) switch
        {
            0 => random.Next(-1000, 100_000).ToString(CultureInfo.InvariantCulture),
            1 => "1.5e-7",
            2 => new[] { "true", "false", "null" }[random.Next(3)],
            3 => JsonSerializer.Serialize("tëxt \"x\" {[]} \\ 😀"[..random.Next(3, 15)]),
            4 => "\"\"",
            5 => "[" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Space() + Value() + Space())) + "]",
            _ => RandomObject(random, depth + 1),
        };

        var names = new[] { "a", "b", "skip", "size", "nämé", "" };
        var members = Enumerable.Range(0, random.Next(5))
            .Select(_ => $"{Space()}{JsonSerializer.Serialize(names[random.Next(names.Length)])}{Space()}:{Space()}{Value()}{Space()}");
        return "{" + string.Join(",", members) + Space() + "}";
    }

    /// <summary>The same text from the framework's parser.</summary>
    private static void Describe(JsonElement element, StringBuilder told)
    {
        var isObject = element.ValueKind == JsonValueKind.Object;
        told.Append(isObject ? '{' : '[');
        if (isObject)
        {
            foreach (var member in element.EnumerateObject())
            {
                told.Append(member.Name).Append(':');
                DescribeValue(member.Value, member.Name, told);
            }
        }
        else
        {
            foreach (var item in element.EnumerateArray())
            {
                DescribeValue(item, "", told);
            }
        }

        told.Append(isObject ? '}' : ']');
    }

    private static void DescribeValue(JsonElement value, string name, StringBuilder told)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when name is "skip" or "size":
                told.Append('~').Append(Encoding.UTF8.GetByteCount(value.GetRawText()));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                Describe(value, told);
                return;
            case JsonValueKind.String:
                var text = value.GetString()!;
                told.Append(name is "skip" or "size" ? "" : text).Append('#').Append(Encoding.UTF8.GetByteCount(text));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                return;
            default:
                told.Append(value.GetRawText());
                break;
        }

        told.Append(';');
    }

    private sealed class Describing : IJsonSink
    {
        private readonly Stack<bool> _kinds = new();

        public StringBuilder Told { get; } = new();

        public JsonTake OnName(ReadOnlySpan<byte> name)
        {
            Told.Append(Encoding.UTF8.GetString(name)).Append(':');
            return name.SequenceEqual("skip"u8) || name.SequenceEqual("size"u8) ? JsonTake.Size : JsonTake.Text | JsonTake.Members;
        }

        public JsonTake OnElement() => JsonTake.Text | JsonTake.Members;

        public void OnEnter(bool isArray)
        {
            _kinds.Push(isArray);
            Told.Append(isArray ? '[' : '{');
        }

        public void OnLeave() => Told.Append(_kinds.Pop() ? ']' : '}');

        public void OnText(ReadOnlySpan<byte> text, long size) => Value(Encoding.UTF8.GetString(text) + "#" + size.ToString(CultureInfo.InvariantCulture));

        public void OnNumber(ReadOnlySpan<byte> number) => Value(Encoding.UTF8.GetString(number));

        public void OnNull() => Value("null");

        public void OnSkipped(long size) => Value("~" + size.ToString(CultureInfo.InvariantCulture));

        private void Value(string told)
        {
            Told.Append(told).Append(';');
        }
    }
}
