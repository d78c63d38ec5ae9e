using CostLedger.Records.Tools;
using Xunit;

namespace Telemetry.Handler.Tests.ToolRounds;

public sealed class ToolReaderTests : IDisposable
{
    private readonly ToolReading _reading = new();

    [Fact]
    public void A_request_tells_the_rounds_whose_results_it_brings()
    {
        var body = new ToolBody().Says("hi").Round("get_weather", """{"city":"Bern"}""", "sunny");
        var first = Assert.Single(_reading.Read(body).Rounds);

        Assert.Equal(("get_weather", false, false), (first.Tool, first.IsError, first.IsServer));
        Assert.Equal("""get_weather{"city":"Bern"}""".Length, first.UseTokens);
        Assert.Equal("sunny".Length, first.ResultTokens);

        body.Round(("get_weather", """{"city":"Rome"}""", "rain", false), ("get_time", "{}", "no clock", true));
        var rounds = _reading.Read(body).Rounds;

        Assert.Equal(["get_weather", "get_time"], rounds.Select(r => r.Tool));
        Assert.Equal([false, true], rounds.Select(r => r.IsError));
        Assert.DoesNotContain(first.Key, rounds.Select(r => r.Key));
    }

    [Fact]
    public void Every_round_of_a_conversation_is_told_by_one_request_alone()
    {
        var body = new ToolBody().Says("hi");
        var keys = new List<UInt128>();
        for (var i = 0; i < 60; i++)
        {
            body.Round("step", $$"""{"n":{{i % 7}}}""", $"done {i % 5}");
            keys.AddRange(_reading.Read(body).Rounds.Select(r => r.Key));
        }

        Assert.Equal(60, keys.Count);
        Assert.Equal(60, keys.Distinct().Count());
    }

    [Fact]
    public void What_is_sent_again_is_the_same_round()
    {
        var body = new ToolBody().Says("hi").Round("step", "{}", "ok");

        Assert.Equal(_reading.Read(body).Rounds, _reading.Read(body.ToBytes(isIndented: true)).Rounds);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,{"e":2,"d":3}],"f":null}}""", """{ "b": {"f":null, "c":[1, {"d":3,"e":2}]}, "a":1 }""", true)]
    [InlineData("""{"a":"é","ü":1}""", """{"\u00fc":1,"a":"\u00e9"}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":"b"}""", """{"b":"a"}""", false)]
    [InlineData("""{"a":{"b":1},"c":2}""", """{"a":{"b":1,"c":2}}""", false)]
    [InlineData("{}", "[]", false)]
    public void Arguments_are_the_same_whatever_the_order_of_their_members(string one, string other, bool isSame)
    {
        UInt128 Hash(string input) => Assert.Single(_reading.Read(Raw(input)).Rounds).Arguments;

        Assert.Equal(isSame, Hash(one) == Hash(other));
    }

    [Fact]
    public void Any_shuffle_of_members_is_the_same_and_any_other_value_is_not()
    {
        var random = new Random(4711);
        for (var i = 0; i < 200; i++)
        {
            var members = Enumerable.Range(0, random.Next(1, 90)).Select(n => $"\"m{n}\":{random.Next(5)}").ToArray();
            var hash = Assert.Single(_reading.Read(Raw($"{{{string.Join(',', members)}}}")).Rounds).Arguments;
            random.Shuffle(members);

            Assert.Equal(hash, Assert.Single(_reading.Read(Raw($"{{{string.Join(" , ", members)}}}")).Rounds).Arguments);
            members[random.Next(members.Length)] = "\"other\":9";
            Assert.NotEqual(hash, Assert.Single(_reading.Read(Raw($"{{{string.Join(',', members)}}}")).Rounds).Arguments);
        }
    }

    [Fact]
    public void The_providers_own_tools_are_told_by_the_request_after_their_answer()
    {
        var body = new ToolBody().Says("hi")
            .Adds("assistant", """[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}},{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]},{"type":"server_tool_use","id":"srvtoolu_2","name":"web_search","input":{"query":"y"}},{"type":"web_search_tool_result","tool_use_id":"srvtoolu_2","content":{"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}},{"type":"text","text":"so"}]""")
            .Says("and?");

        var rounds = _reading.Read(body).Rounds;

        Assert.Equal([("web_search", true, false), ("web_search", true, true)], rounds.Select(r => (r.Tool!, r.IsServer, r.IsError)));
        Assert.Empty(_reading.Read(body.Adds("assistant", """[{"type":"text","text":"this"}]""").Says("thanks")).Rounds);
    }

    [Fact]
    public void An_answer_that_the_caller_began_hides_nothing()
    {
        var body = new ToolBody().Says("hi").Round("step", "{}", "ok").Adds("assistant", """[{"type":"text","text":"{"}]""");

        Assert.Single(_reading.Read(body).Rounds);
    }

    [Fact]
    public void Ids_that_are_used_again_go_with_the_nearest_call()
    {
        const string Use = """[{"type":"tool_use","id":"call_1","name":"NAME","input":{}}]""";
        const string Result = """[{"type":"tool_result","tool_use_id":"call_1","content":"ok"}]""";
        var body = new ToolBody().Says("hi")
            .Adds("assistant", Use.Replace("NAME", "one", StringComparison.Ordinal)).Adds("user", Result)
            .Adds("assistant", Use.Replace("NAME", "two", StringComparison.Ordinal)).Adds("user", Result);

        Assert.Equal("two", Assert.Single(_reading.Read(body).Rounds).Tool);
    }

    [Theory]
    [InlineData("""[{"type":"tool_result","tool_use_id":"nobody","content":"ok"}]""")]
    [InlineData("""[{"type":"tool_result","content":"ok"}]""")]
    [InlineData("""[{"type":"tool_result","tool_use_id":7,"is_error":"x"}]""")]
    public void A_result_that_nobody_asked_for_is_no_round(string content)
    {
        var body = new ToolBody().Says("hi").Adds("assistant", """[{"type":"tool_use","id":"a","name":"one","input":{}}]""").Adds("user", content);

        Assert.Empty(_reading.Read(body).Rounds);
    }

    [Fact]
    public void A_name_that_the_api_would_not_take_is_not_told()
    {
        var body = new ToolBody().Says("hi").Round("my secret is 42", "{}", "ok");

        Assert.Null(Assert.Single(_reading.Read(body).Rounds).Tool);
    }

    [Fact]
    public void A_history_of_five_thousand_segments_is_read_from_its_end()
    {
        var body = new ToolBody().Says("hi");
        for (var i = 0; i < 2_500; i++)
        {
            body.Round("step", $$"""{"n":{{i}}}""", $"done {i}");
        }

        var bytes = body.ToBytes();
        _reading.Read(bytes);
        var readout = _reading.Read(bytes);

        Assert.Equal("step", Assert.Single(readout.Rounds).Tool);
        Assert.True(_reading.Allocated < 1_000, $"{_reading.Allocated} bytes");
    }

    [Fact]
    public void No_more_rounds_than_a_record_may_carry_are_told()
    {
        var body = new ToolBody().Says("hi").Round([.. Enumerable.Range(0, 400).Select(i => ("step", $$"""{"n":{{i}}}""", "ok", false))]);

        Assert.Equal(ToolRound.MaxRounds, _reading.Read(body).Rounds.Count);
    }

    public void Dispose() => _reading.Dispose();

    private static byte[] Raw(string input) => System.Text.Encoding.UTF8.GetBytes(
        $$"""
        {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"t","input":{{input}}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"ok"}]}]}
        """);
}
