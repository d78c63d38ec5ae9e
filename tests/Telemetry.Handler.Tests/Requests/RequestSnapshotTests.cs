using System.Text;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class RequestSnapshotTests
{
    private const string Whole = """
        {"model":"claude-opus-5","max_tokens":1024,"stream":true,"temperature":0.7,"top_p":0.9,"top_k":40,
         "service_tier":"auto","speed":"fast","inference_geo":"us",
         "thinking":{"type":"enabled","budget_tokens":2048},
         "output_config":{"effort":"high","format":{"type":"json_schema","schema":{"properties":{"model":{"type":"string"}}}}},
         "metadata":{"user_id":"user-1"},
         "anthropic_version":"bedrock-2023-05-31","anthropic_beta":["a-2025-01-01","b-2025-02-02"],
         "system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
         "tools":[{"name":"a","input_schema":{"properties":{"cache_control":{"type":"object"}}}},{"name":"b","cache_control":{"type":"ephemeral","ttl":"1h"}}],
         "messages":[
           {"role":"user","content":"hi"},
           {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"a","input":{"cache_control":{"x":1},"content":[{"cache_control":{}}]}}]},
           {"role":"user","content":[
             {"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"r","cache_control":{"type":"ephemeral"}}],"cache_control":null},
             {"type":"text","text":"go","cache_control":{"type":"ephemeral"}}]}]}
        """;

    [Fact]
    public void All_parameters_are_read()
    {
        var snapshot = Read(Whole);

        var expected = new RequestSnapshot
        {
            Model = "claude-opus-5",
            MaxTokens = 1024,
            Stream = true,
            Temperature = 0.7,
            TopP = 0.9,
            TopK = 40,
            ServiceTier = "auto",
            Speed = "fast",
            InferenceGeo = "us",
            ThinkingType = "enabled",
            ThinkingBudget = 2048,
            Effort = "high",
            HasOutputFormat = true,
            MetadataUserId = "user-1",
            VersionInBody = "bedrock-2023-05-31",
            ToolCount = 2,
            MessageCount = 3,
            CacheBreakpoints = 4,
            IsInputOpen = false,
            BetasInBody = snapshot.BetasInBody,
            Faults = snapshot.Faults,
        };
        Assert.Equal(expected, snapshot);
        Assert.Equal(["a-2025-01-01", "b-2025-02-02"], snapshot.BetasInBody);
        Assert.Empty(snapshot.Faults);
    }

    [Fact]
    public void Marks_count_only_where_the_api_reads_them()
    {
        // The tool's schema and input, and the null, are no marks; the one within a tool's result is.
        Assert.Equal(4, Read(Whole).CacheBreakpoints);
        Assert.Equal(1, Read("""{"cache_control":{"type":"ephemeral"},"system":"text","messages":[]}""").CacheBreakpoints);
        Assert.Equal(0, Read("""{"cache_control":null,"messages":[{"role":"user","content":"x","cache_control":{}}]}""").CacheBreakpoints);
    }

    [Fact]
    public void Of_equal_keys_the_last_wins()
    {
        var snapshot = Read("""
            {"model":"a","messages":[{},{}],"thinking":{"type":"enabled","budget_tokens":5},"stream":true,"metadata":{"user_id":"x"},
             "model":"b","messages":[{"content":[{"cache_control":{}}]}],"thinking":{"type":"adaptive"},"stream":false,"metadata":null,
             "system":[{"cache_control":{}}],"system":"plain"}
            """);

        Assert.Equal(("b", 1, 1, false), (snapshot.Model, snapshot.MessageCount, snapshot.CacheBreakpoints, snapshot.Stream));
        Assert.Equal(("adaptive", (long?)null, (string?)null), (snapshot.ThinkingType, snapshot.ThinkingBudget, snapshot.MetadataUserId));
    }

    [Theory]
    [InlineData("""{"model":null,"max_tokens":null,"stream":null,"tools":null,"metadata":null}""")]
    [InlineData("""{"model":5,"stream":"yes","tools":"none","messages":{"a":[1]},"metadata":[{"user_id":"x"}],"thinking":true}""")]
    public void Values_of_the_wrong_kind_are_passed_over(string json)
    {
        var nothing = RequestSnapshot.Unknown with { IsInputOpen = false };

        Assert.Equal(nothing, Read(json) with { BetasInBody = nothing.BetasInBody, Faults = nothing.Faults });
        Assert.Empty(Read(json).Faults);
    }

    [Theory]
    [InlineData("""{"max_tokens":-1}""")]
    [InlineData("""{"max_tokens":1.5}""")]
    [InlineData("""{"max_tokens":"1024"}""")]
    [InlineData("""{"max_tokens":99999999999999999999}""")]
    [InlineData("""{"temperature":1e999}""")]
    public void Impossible_numbers_are_left_out_with_a_fault(string json)
    {
        var snapshot = Read(json);

        Assert.Null(snapshot.MaxTokens);
        Assert.Null(snapshot.Temperature);
        Assert.Equal([RequestFault.InvalidNumber], snapshot.Faults);
    }

    [Theory]
    [InlineData("""{"max_tokens":4096.0}""", 4096)]
    [InlineData("""{"max_tokens":1e3}""", 1000)]
    [InlineData("""{"max_tokens":0}""", 0)]
    public void Whole_numbers_count_in_any_spelling(string json, long expected)
    {
        Assert.Equal(expected, Read(json).MaxTokens);
    }

    [Fact]
    public void Of_malformed_json_what_stands_before_the_fault_is_kept()
    {
        var snapshot = Read("""{"model":"claude-opus-5","max_tokens":10,"messages":[{"role":"user","content":"hi" """);

        Assert.Equal(("claude-opus-5", 10L), (snapshot.Model, snapshot.MaxTokens));
        Assert.Equal([RequestFault.Malformed], snapshot.Faults);
    }

    [Theory]
    [InlineData("", RequestFault.Empty)]
    [InlineData("null", RequestFault.Malformed)]
    [InlineData("[]", RequestFault.Malformed)]
    [InlineData("<html>", RequestFault.Malformed)]
    [InlineData("{}{}", RequestFault.Malformed)]
    [InlineData("\0", RequestFault.Malformed)]
    public void What_is_no_object_is_a_fault(string json, string fault)
    {
        Assert.Equal([fault], Read(json).Faults);
    }

    [Theory]
    [InlineData("""{"model":"a\ud800b","max_tokens":1}""", "a\uFFFDb")]
    [InlineData("""{"model":"\ud83d\ude00\n\"\\\/\u00e9"}""", "😀\n\"\\/é")]
    [InlineData("""{"model":"\udc00"}""", "\uFFFD")]
    [InlineData("""{"\u006dodel":"escaped name"}""", "escaped name")]
    [InlineData("""{"\ud800model":"x","model":"y"}""", "y")]
    public void Escapes_and_lone_surrogates_are_read(string json, string model)
    {
        var snapshot = Read(json);

        Assert.Equal(model, snapshot.Model);
        Assert.Empty(snapshot.Faults);
    }

    [Fact]
    public void Invalid_utf8_becomes_a_replacement_character()
    {
        byte[] body = [.. "{\"model\":\"a"u8, 0xFF, .. "\",\"max_tokens\":3}"u8];

        var snapshot = RequestSnapshot.Read(body);

        Assert.Equal(("a\uFFFD", 3L), (snapshot.Model, snapshot.MaxTokens));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        Assert.Equal("m", RequestSnapshot.Read([.. Encoding.UTF8.Preamble, .. "{\"model\":\"m\"}"u8]).Model);
    }

    [Fact]
    public void Deep_nesting_is_passed_over()
    {
        const int Depth = 100_000;
        var json = $$"""{"messages":{{new string('[', Depth)}}{{new string(']', Depth)}},"metadata":{"x":{{Repeat("""{"a":""", Depth)}}1{{new string('}', Depth)}}},"model":"m"}""";

        var snapshot = Read(json);

        Assert.Equal("m", snapshot.Model);
        Assert.Empty(snapshot.Faults);
    }

    [Fact]
    public void A_name_longer_than_any_is_left_out_with_a_fault()
    {
        var snapshot = Read($$"""{"model":"{{new string('x', JsonText.MaxBytes + 1)}}","max_tokens":1}""");

        Assert.Null(snapshot.Model);
        Assert.Equal(1, snapshot.MaxTokens);
        Assert.Equal([RequestFault.TextTooLong], snapshot.Faults);
    }

    [Fact]
    public void Cut_anywhere_and_changed_anywhere_it_never_throws()
    {
        var body = Encoding.UTF8.GetBytes(Whole);
        for (var length = 0; length < body.Length; length++)
        {
            Assert.NotEmpty(RequestSnapshot.Read(body.AsSpan(0, length)).Faults);
        }

        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var changed = (byte[])body.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Assert.NotNull(RequestSnapshot.Read(changed));
        }
    }

    [Fact]
    public void The_prompt_costs_no_memory()
    {
        var small = Encoding.UTF8.GetBytes("""{"model":"claude-opus-5","messages":[{"role":"user","content":"hi"}]}""");
        var large = Encoding.UTF8.GetBytes($$"""{"model":"claude-opus-5","messages":[{"role":"user","content":"{{new string('x', 1_000_000)}}"}]}""");

        Assert.Equal(Allocated(small), Allocated(large));
        Assert.InRange(Allocated(small), 1, 2_048);
    }

    private static RequestSnapshot Read(string json) => RequestSnapshot.Read(Encoding.UTF8.GetBytes(json));

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static long Allocated(byte[] body) => Allocations.Of(() => RequestSnapshot.Read(body));
}
