using System.Text;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class InputReachTests
{
    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}],"stop_sequences":["x"],"tool_choice":{"type":"auto"}}""")]
    [InlineData("""{"messages":[{"content":[{"type":"text","text":"a"},{"type":"tool_result","content":[{"type":"text","text":"b"}]}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"a"}}]}]}""")]
    [InlineData("""{"tools":[{"name":"a","input_schema":{"type":"object"}},{"type":"custom","name":"b"},{"type":null,"name":"c"}]}""")]
    [InlineData("""{"tools":[{"type":"bash_20250124","name":"bash"},{"type":"text_editor_20250728","name":"e"}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"tool_use","input":{"source":{"type":"url"},"type":"url"}}]}]}""")]
    public void Text_tools_and_results_stand_in_the_body(string json)
    {
        var snapshot = Read(json);

        Assert.False(snapshot.IsInputOpen);
        Assert.False(snapshot.HasServerWork);
    }

    [Theory]
    [InlineData("""{"messages":[{"content":[{"type":"image","source":{"type":"url","url":"https://a"}}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"source":{"type":"file","file_id":"f"},"type":"document"}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"tool_result","content":[{"type":"image","source":{"type":"url"}}]}]}]}""")]
    [InlineData("""{"messages":[{"content":[{"type":"something_new"}]}]}""")]
    [InlineData("""{"messages":[],"context_management":{"edits":[]}}""")]
    [InlineData("""{"messages":[""")]
    public void Files_addresses_pages_and_what_is_unknown_reach_beyond_it(string json)
    {
        var snapshot = Read(json);

        Assert.True(snapshot.IsInputOpen);
        Assert.False(snapshot.HasServerWork);
    }

    [Theory]
    [InlineData("""{"tools":[{"type":"web_search_20260209","name":"web_search"}]}""")]
    [InlineData("""{"tools":[{"type":"advisor_20260301","name":"advisor"}]}""")]
    [InlineData("""{"mcp_servers":[]}""")]
    [InlineData("""{"fallbacks":[{"model":"claude-opus-5"}]}""")]
    [InlineData("""{"something_new":1}""")]
    public void Server_tools_and_unknown_members_are_work_of_the_server(string json)
    {
        var snapshot = Read(json);

        Assert.True(snapshot.IsInputOpen);
        Assert.True(snapshot.HasServerWork);
    }

    [Fact]
    public void Images_in_the_body_are_counted_apart_from_its_text()
    {
        var snapshot = Read("""
            {"messages":[{"content":[
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGVsbG8="}},
              {"type":"tool_result","content":[{"source":{"data":"aGk=","media_type":"image/jpeg","type":"base64"},"type":"image"}]}]}]}
            """);

        Assert.Equal((2, 12, false), (snapshot.Images, snapshot.BinaryBytes, snapshot.IsInputOpen));
    }

    [Fact]
    public void A_request_that_was_not_read_is_open() => Assert.True(RequestSnapshot.Unknown.IsInputOpen);

    private static RequestSnapshot Read(string json) => RequestSnapshot.Read(Encoding.UTF8.GetBytes(json));
}
