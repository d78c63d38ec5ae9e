using System.Text;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

public sealed class CacheParametersReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("""
        "speed":"standard","inference_geo":"global","output_config":{"effort":"high"},"thinking":{"type":"disabled"},"tool_choice":{"type":"auto"},
        """)]
    [InlineData("""
        "mcp_servers":[],"container":{"id":"container_1","skills":[]},"context_management":{},"output_config":{"task_budget":null},
        """)]
    [InlineData("""
        "mcp_servers":null,"container":"container_1","context_management":null,
        """)]
    public void A_default_that_is_spelled_out_is_none(string members) => Assert.Equal(default, Read(members));

    [Theory]
    [InlineData("""
        "tool_choice":{"type":"tool","name":"a"},
        """, """
        "tool_choice":{"type":"tool","name":"b"},
        """)]
    [InlineData("", """
        "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
        """)]
    [InlineData("""
        "thinking":{"type":"enabled","budget_tokens":2000},
        """, """
        "thinking":{"type":"enabled","budget_tokens":4000},
        """)]
    [InlineData("""
        "output_config":{"format":{"type":"json_schema","schema":{"a":1}}},
        """, """
        "output_config":{"format":{"type":"json_schema","schema":{"a":2}}},
        """)]
    [InlineData("""
        "anthropic_beta":["a"],
        """, """
        "anthropic_beta":["b"],
        """)]
    [InlineData("""
        "mcp_servers":[{"type":"url","name":"a","url":"https://a.example"}],
        """, """
        "mcp_servers":[{"type":"url","name":"a","url":"https://b.example"}],
        """)]
    [InlineData("""
        "container":{"skills":[{"type":"anthropic","skill_id":"pptx","version":"1"}]},
        """, """
        "container":{"skills":[{"type":"anthropic","skill_id":"pptx","version":"2"}]},
        """)]
    [InlineData("""
        "output_config":{"task_budget":{"type":"tokens","total":50000}},
        """, """
        "output_config":{"task_budget":{"type":"tokens","total":50000,"remaining":40000}},
        """)]
    [InlineData("""
        "context_management":{"edits":[{"type":"clear_thinking_20251015"}]},
        """, """
        "context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]},
        """)]
    public void What_differs_is_told_apart(string one, string other) => Assert.NotEqual(Read(one), Read(other));

    [Theory]
    [InlineData("""
        "mcp_servers":[{"type":"url","name":"a","url":"https://a.example","authorization_token":"one"}],
        """, """
        "mcp_servers": [ {"type":"url","name":"a","url":"https://a.example","authorization_token":"two"} ],
        """)]
    [InlineData("""
        "container":{"id":"container_1","skills":[{"type":"anthropic","skill_id":"pptx"}]},
        """, """
        "container":{"skills":[{"type":"anthropic","skill_id":"pptx"}],"id":"container_2"},
        """)]
    [InlineData("""
        "output_config":{"task_budget":{"type":"tokens","total":50000}},
        """, """
        "output_config":{"task_budget":{"total":50000,"remaining":50000,"type":"tokens"}},
        """)]
    public void What_the_prompt_is_not_made_of_means_nothing(string one, string other)
    {
        Assert.NotEqual(default, Read(one));
        Assert.Equal(Read(one), Read(other));
    }

    [Fact]
    public void Web_tools_and_citations_are_seen_in_the_prompt()
    {
        var parameters = Read("""
            "tools":[{"name":"a","input_schema":{}},{"type":"web_search_20260209","name":"web_search"}],
            """, """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"},"citations":{"enabled":true}}""");

        Assert.Equal(2UL, parameters.WebToolPlaces);
        Assert.NotEqual(0UL, parameters.WebTools);
        Assert.True(parameters.HasCitations);
    }

    [Fact]
    public void The_order_of_betas_means_nothing() =>
        Assert.Equal(Read("", betas: ["a", "b"]), Read("", betas: ["b", "a"]));

    private static CacheParameters Read(string members, string block = """{"type":"text","text":"x"}""", params string[] betas)
    {
        var body = Encoding.UTF8.GetBytes($$"""{{{members}}"messages":[{"role":"user","content":[{{block}}]}]}""");
        using var hasher = new SegmentHasher("a key of thirty-two bytes, or so."u8);
        using var reader = new SegmentReader(hasher);
        var prompt = new SegmentedPrompt();
        reader.Read(body, prompt);
        Assert.Equal(SegmentFaults.None, prompt.Faults);
        return CacheParametersReader.Read(RequestSnapshot.Read(body), betas, prompt, body);
    }
}
