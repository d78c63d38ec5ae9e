using System.Diagnostics;
using System.Text;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Xunit;

namespace Telemetry.Handler.Tests.Segments.Reading;

public sealed class SegmentReaderTests : IDisposable
{
    private static readonly byte[] Everything = Encoding.UTF8.GetBytes("""
        {"tools":[{"name":"get","description":"Gets.","input_schema":{"type":"object"}}],"system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral"}}],
         "messages":[{"role":"user","content":[{"type":"text","text":"one"},{"type":"image","source":{"type":"base64","data":"AAAA"}}]},
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"get","input":{"a":[1,2]}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"two"}]},{"type":"brand_new","what":"x"}]}]}
        """);

    private readonly SegmentHasher _hasher = new("a key of thirty-two bytes, or so."u8);

    [Fact]
    public void Segments_come_in_the_order_of_the_cache_whatever_the_order_of_the_body()
    {
        var prompt = Read("""
            {"messages":[{"role":"user","content":"one"},{"role":"assistant","content":[{"type":"text","text":"two"},{"type":"tool_use","id":"t1","name":"get","input":{"a":1}}]},
             {"content":[{"type":"tool_result","tool_use_id":"t1","content":"three"}],"role":"user"}],
             "model":"claude-opus-5","system":"be brief","tools":[{"name":"get","description":"Gets.","input_schema":{"type":"object"}}],"max_tokens":5}
            """);

        Assert.Equal(SegmentFaults.None, prompt.Faults);
        Assert.Equal(3, prompt.Messages);
        Assert.Equal(
            [
                "Tools -1.0 None Tool", "System -1.0 System Text", "Messages 0.0 User Text", "Messages 1.0 Assistant Text",
                "Messages 1.1 Assistant ToolUse", "Messages 2.0 User ToolResult",
            ],
            prompt.Segments.Select(s => $"{s.Level} {s.Message}.{s.Block} {s.Role} {s.Kind}"));
    }

    [Theory]
    [InlineData("""{"type":"text","text":"héllo \"x\""}""", "héllo \"x\"")]
    [InlineData("""{"type":"text","text":"h\u00e9llo \u0022x\u0022"}""", "héllo \"x\"")]
    [InlineData("""{"type":"text","text":"\ud83c\udf89 \ud83c"}""", "🎉 \uFFFD")]
    [InlineData("""{"type":"thinking","thinking":"hm","signature":"c2VjcmV0"}""", "hm")]
    [InlineData("""{"type":"tool_use","id":"t1","name":"get","input":{ "a" : [1, 2] }}""", "get{\"a\":[1,2]}")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t1","content":"said"}""", "said")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"a"},{"text":"b","type":"text"}]}""", "ab")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t1"}""", "")]
    [InlineData("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":"doc"}}""", "doc")]
    [InlineData("""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"inner"}]}}""", "inner")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}}""", "")]
    [InlineData("""{"type":"redacted_thinking","data":"c2VjcmV0"}""", "")]
    [InlineData("""{"type":"brand_new","what":"x y"}""", "type:\"brand_new\"what:\"x y\"")]
    public void A_block_says_what_the_model_reads(string block, string text)
    {
        var counter = new Texts();

        Read($$"""{"messages":[{"role":"user","content":[{{block}}]}]}""", counter);

        Assert.Equal(text, Assert.Single(counter.Said));
    }

    [Fact]
    public void A_tool_says_its_name_description_and_schema_in_this_order_without_white_space()
    {
        var counter = new Texts();

        Read("""{"tools":[{"input_schema": {"type": "object", "properties": {}}, "description": "Gets \u00fc", "name": "get", "cache_control": {"type": "ephemeral"}}],"messages":[]}""", counter);

        Assert.Equal("""{"name":"get","description":"Gets ü","input_schema":{"type":"object","properties":{}}}""", Assert.Single(counter.Said));
    }

    [Theory]
    [InlineData("""{"type":"text","text":"a b"}""", """{ "text" : "\u0061 b", "type" : "text" }""")]
    [InlineData("""{"type":"text","text":"a b"}""", """{"type":"text","text":"a b","cache_control":{"type":"ephemeral","ttl":"1h"}}""")]
    [InlineData("""{"type":"tool_use","id":"t1","name":"n","input":{"k":"é"}}""", """{"type":"tool_use","id":"t2","name":"n","input":{ "k": "\u00e9" }}""")]
    public void The_same_content_has_the_same_hash_however_it_is_spelled(string one, string other) => Assert.Equal(HashOf(one), HashOf(other));

    [Theory]
    [InlineData("""{"type":"text","text":"a b"}""", """{"type":"text","text":"a  b"}""")]
    [InlineData("""{"type":"text","text":"a"}""", """{"type":"thinking","thinking":"a"}""")]
    [InlineData("""{"type":"text","text":"a"}""", """{"type":"text","text":"a","citations":[{"start":1}]}""")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t","content":"a"}""", """{"type":"tool_result","tool_use_id":"t","content":"a","is_error":true}""")]
    [InlineData("""{"type":"tool_use","id":"t","name":"ab","input":{}}""", """{"type":"tool_use","id":"t","name":"a","input":{"b":1}}""")]
    [InlineData("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}""", """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAB"}}""")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","data":"AAAA"}}]}""", """{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","data":"BBBB"}}]}""")]
    public void Other_content_has_another_hash(string one, string other) => Assert.NotEqual(HashOf(one), HashOf(other));

    [Fact]
    public void A_string_alone_is_the_same_as_one_text_block() =>
        Assert.Equal(
            HashOf("""{"type":"text","text":"hi"}"""),
            Assert.Single(Read("""{"messages":[{"role":"user","content":"hi"}]}""").Segments).Hash);

    [Fact]
    public void Another_key_gives_other_hashes()
    {
        using var other = new SegmentHasher("another key"u8);

        Assert.NotEqual(_hasher.Of(SegmentKind.Text, 1, "a"u8), other.Of(SegmentKind.Text, 1, "a"u8));
    }

    [Fact]
    public void Breakpoints_have_their_lifetimes()
    {
        var prompt = Read("""
            {"cache_control":{"type":"ephemeral"},"system":[{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"b","cache_control":{"type":"ephemeral","ttl":"5m"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"c","cache_control":{"type":"ephemeral"}},{"type":"text","text":"d","cache_control":null}]}]}
            """);

        Assert.Equal(CacheLifetime.FiveMinutes, prompt.Automatic);
        Assert.Equal(
            [CacheLifetime.OneHour, CacheLifetime.FiveMinutes, CacheLifetime.FiveMinutes, CacheLifetime.None],
            prompt.Segments.Select(segment => segment.Breakpoint));
    }

    [Fact]
    public void A_segment_knows_its_bytes()
    {
        const string Block = """{ "type": "text", "text": "a" }""";
        var body = $$"""{"messages": [ {"role": "user", "content": [ {{Block}} ]} ]}""";

        var segment = Assert.Single(Read(body).Segments);

        Assert.Equal(Block, body.Substring(segment.Start, segment.Length));
    }

    [Fact]
    public void Images_and_documents_are_noted_with_their_data()
    {
        const string Body = """
            {"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw=="}},
             {"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}},{"type":"text","text":"x"}]}]}]}
            """;

        var prompt = Read(Body);

        Assert.Equal([(0, 1), (1, 1)], prompt.Segments.Select(segment => segment.Media));
        Assert.Equal("iVBORw==", Body.Substring(prompt.Media[0].Start, prompt.Media[0].Length));
        Assert.Equal(MediaSource.Elsewhere, prompt.Media[1].Source);
    }

    [Fact]
    public void The_last_of_equal_keys_counts()
    {
        var prompt = Read("""{"system":"a","system":"bb","messages":[{"role":"user","content":"x"}],"messages":[]}""");

        var segment = Assert.Single(prompt.Segments);
        Assert.Equal(2, segment.TextLength);
        Assert.Equal(0, prompt.Messages);
    }

    [Fact]
    public void The_last_content_and_the_last_role_of_a_message_count()
    {
        var twice = Read("""
            {"messages":[{"role":"user","content":"zero"},
             {"role":"user","content":[{"type":"image","source":{"type":"base64","data":"AAAA"}},{"type":"text","text":"a much longer one"}],"content":"one","role":"assistant"}]}
            """);
        var once = Read("""{"messages":[{"role":"user","content":"zero"},{"role":"assistant","content":"one"}]}""");

        Assert.Equal(Told(once), Told(twice));
        Assert.Empty(twice.Media);
        Assert.Equal((null, 1), (once.RepeatedIn, twice.RepeatedIn));
    }

    [Fact]
    public void A_content_that_is_taken_back_leaves_none()
    {
        var prompt = Read("""{"messages":[{"role":"user","content":"zero"},{"content":"one","role":"user","content":null}]}""");

        Assert.Equal(Told(Read("""{"messages":[{"role":"user","content":"zero"},{"role":"user"}]}""")), Told(prompt));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","cache_control":{"type":"ephemeral"},"text":"x","score":NaN}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","foo":12345,"text":NaN}]}]}""")]
    [InlineData("""{"tools":[{"name":"a","description":"b","input_schema":{"type":"object","x":tru}}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"a"},{"type":"text","text":"b" "c"}]}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","data":"d","data":]}}]}]}""")]
    public void A_body_that_breaks_off_spoils_none_that_comes_after_it(string broken)
    {
        using var reader = new SegmentReader(_hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(Encoding.UTF8.GetBytes(broken), prompt);
        Assert.True(prompt.Faults.HasFlag(SegmentFaults.Malformed));

        reader.Read(Everything, prompt, new Texts());

        Assert.Equal(Told(Read(Everything, new Texts())), Told(prompt));
    }

    [Fact]
    public void A_body_that_is_cut_anywhere_spoils_none_that_comes_after_it()
    {
        using var reader = new SegmentReader(_hasher);
        var prompt = new SegmentedPrompt();
        var expected = Told(Read(Everything, new Texts()));
        for (var length = 0; length < Everything.Length; length++)
        {
            reader.Read(Everything.AsSpan(0, length), prompt);
            reader.Read(Everything, prompt, new Texts());

            Assert.Equal(expected, Told(prompt));
        }
    }

    [Fact]
    public void A_counter_that_throws_spoils_nothing()
    {
        using var reader = new SegmentReader(_hasher);
        var prompt = new SegmentedPrompt();
        for (var count = 0; count < 7; count++)
        {
            var texts = new Texts { FailsAt = count };
            Assert.Throws<InvalidOperationException>(() => reader.Read(Everything, prompt, texts));
            reader.Read(Everything, prompt, new Texts());

            Assert.Equal(Told(Read(Everything, new Texts())), Told(prompt));
        }
    }

    [Fact]
    public void Breakpoints_are_read_however_deep_what_stands_in_them()
    {
        var deep = new string('[', 1_000) + new string(']', 1_000);

        var prompt = Read($$$"""{"messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"x":{{{deep}}},"ttl":"1h"}}]}]}""");

        Assert.Equal((SegmentFaults.None, CacheLifetime.OneHour), (prompt.Faults, Assert.Single(prompt.Segments).Breakpoint));
    }

    [Fact]
    public void Keys_that_come_again_and_again_take_no_time()
    {
        var blocks = string.Join(',', Enumerable.Repeat("7", 100_000));
        var again = string.Concat(Enumerable.Repeat("\"system\":\"b\",\"system\":[],", 100_000));
        var clock = Stopwatch.StartNew();

        var prompt = Read($$"""{"messages":[{"role":"user","content":[{{blocks}}]}],{{again}}"system":"a"}""");

        // As many steps as keys times blocks take a minute.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal((100_001, SegmentRole.System), (prompt.Segments.Count, prompt.Segments[0].Role));
    }

    [Theory]
    [InlineData("", "Malformed, NoMessages")]
    [InlineData("[]", "Malformed, NoMessages")]
    [InlineData("""{"system":"a"}""", "NoMessages")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}""", "Malformed")]
    [InlineData("""{"messages":[{"role":"user","content":[7]}]}""", "UnknownBlock")]
    [InlineData("""{"thread":{"type":"continue","id":"th_1"},"messages":[{"role":"user","content":"a"}]}""", "ThreadContinued")]
    [InlineData("""{"thread":{"type":"continue","id":"th_1"},"thread":null,"messages":[{"role":"user","content":"a"}]}""", "None")]
    public void What_is_wrong_is_told(string body, string faults) => Assert.Equal(faults, Read(body).Faults.ToString());

    [Fact]
    public void No_body_whatever_makes_it_fail()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"tools":[{"name":"a"}],"system":[{"type":"text","text":"b\u00e9\n"}],"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","data":"AA"}},{"type":"tool_result","content":[{"type":"text","text":"d"}]}]}]}
            """);
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var damaged = body[..random.Next(body.Length + 1)];
            for (var left = random.Next(4); left > 0 && damaged.Length > 0; left--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Assert.NotNull(Read(damaged));
        }
    }

    [Theory]
    [InlineData("output_config")]
    [InlineData("output_format")]
    public void Formats_within_formats_are_not_followed(string parameter)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"format\":", 200_000)) + "1" + new string('}', 200_000);

        var prompt = Read($$"""{"{{parameter}}":{{deep}},"messages":[{"role":"user","content":"a"}]}""");

        Assert.Single(prompt.Segments);
        Assert.Equal((0, 0), prompt.OutputSchema);
    }

    [Fact]
    public void Nesting_has_no_bound_that_hurts()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000)) + string.Concat(Enumerable.Repeat("]", 100_000));

        var prompt = Read($$"""{"messages":[{"role":"user","content":[{"type":"tool_use","id":"t","name":"n","input":{{deep}}}]}]}""");

        Assert.Equal(200_001, Assert.Single(prompt.Segments).TextLength);
    }

    public void Dispose() => _hasher.Dispose();

    private UInt128 HashOf(string block) =>
        Assert.Single(Read($$"""{"messages":[{"role":"user","content":[{{block}}]}]}""").Segments).Hash;

    private static IEnumerable<string> Told(SegmentedPrompt prompt) =>
        prompt.Segments.Select(segment => $"{segment with { Start = 0, Length = 0 }}").Append($"{prompt.Messages} {prompt.Faults}");

    private SegmentedPrompt Read(string body, ISegmentCounter? counter = null) => Read(Encoding.UTF8.GetBytes(body), counter);

    private SegmentedPrompt Read(byte[] body, ISegmentCounter? counter = null)
    {
        using var reader = new SegmentReader(_hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(body, prompt, counter);
        return prompt;
    }

    private sealed class Texts : ISegmentCounter
    {
        public int? FailsAt { get; init; }

        public List<string> Said { get; } = [];

        public int Count(in Segment segment, ReadOnlySpan<byte> text)
        {
            if (Said.Count == FailsAt)
            {
                throw new InvalidOperationException("planted");
            }

            Said.Add(Encoding.UTF8.GetString(text));
            return text.Length;
        }
    }
}
