using System.Text;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class RequestSnapshotTests
{
    [Fact]
    public void Everything_asked_for_is_read_and_nothing_of_the_content()
    {
        var snapshot = Read("""
            {"model":"claude-opus-5","max_tokens":1024,"stream":true,"temperature":0.5,"top_p":0.9,"top_k":40,
             "service_tier":"auto","speed":"fast","inference_geo":"us","thinking":{"type":"enabled","budget_tokens":2048},
             "output_config":{"effort":"high","format":{"type":"json_schema"}},"metadata":{"x":[1],"user_id":"u1"},
             "system":[{"type":"text","text":"model","cache_control":{"type":"ephemeral"}}],
             "tools":[{"name":"a","input_schema":{"model":"no"}},{"name":"b","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}}]},{"role":"assistant","content":"x"}]}
            """);

        Assert.Equal(("claude-opus-5", 1024, true), (snapshot.Model, snapshot.MaxTokens, snapshot.Stream));
        Assert.Equal((0.5, 0.9, 40), (snapshot.Temperature, snapshot.TopP, snapshot.TopK));
        Assert.Equal(("auto", "fast", "us"), (snapshot.ServiceTier, snapshot.Speed, snapshot.InferenceGeo));
        Assert.Equal(("enabled", 2048, "high", true), (snapshot.ThinkingType, snapshot.ThinkingBudget, snapshot.Effort, snapshot.HasOutputFormat));
        Assert.Equal((2, 2, 3, "u1"), (snapshot.Messages, snapshot.Tools, snapshot.CacheBreakpoints, snapshot.MetadataUserId));
        Assert.False(snapshot.IsMalformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("{\"model\":\"m\",")]
    [InlineData("{\"model\":\"m\" \"x\"}")]
    [InlineData("\u0000\u0001")]
    public void What_is_no_request_is_malformed_and_harmless(string body) => Assert.True(Read(body).IsMalformed);

    [Fact]
    public void What_came_before_the_fault_is_kept() => Assert.Equal("m", Read("{\"model\":\"m\",\"messages\":[{]}").Model);

    [Fact]
    public void Lone_surrogates_and_invalid_utf8_in_the_prompt_do_no_harm()
    {
        var body = Encoding.Latin1.GetBytes("{\"system\":\"\\ud800 \u00ff\",\"model\":\"m\"}");

        Assert.Equal("m", RequestSnapshot.Read(body).Model);
    }

    [Fact]
    public void The_last_of_equal_keys_counts() => Assert.Equal("b", Read("{\"model\":\"a\",\"model\":\"b\"}").Model);

    [Fact]
    public void Members_of_an_unexpected_kind_are_stepped_over()
    {
        var snapshot = Read("""{"model":{"a":[1,{}]},"max_tokens":"9","stream":[true],"temperature":{},"thinking":3,"metadata":[],"tools":5,"speed":"fast"}""");

        Assert.Equal((null, null, "fast"), (snapshot.Model, snapshot.MaxTokens, snapshot.Speed));
        Assert.False(snapshot.IsMalformed);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(100_000, true)]
    public void Deep_nesting_is_bounded(int depth, bool isMalformed)
    {
        var body = "{\"model\":\"m\",\"system\":" + new string('[', depth) + new string(']', depth) + "}";

        var snapshot = Read(body);

        Assert.Equal(("m", isMalformed), (snapshot.Model, snapshot.IsMalformed));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault() => Assert.Equal("m", Read("\uFEFF{\"model\":\"m\"}").Model);

    private static RequestSnapshot Read(string body) => RequestSnapshot.Read(Encoding.UTF8.GetBytes(body));
}
