using CostReport.Cli.Estimates.Findings;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Reviewing;

public sealed class ReviewerTests
{
    [Fact]
    public void A_plain_request_has_no_finding()
    {
        Assert.Empty(Reviewed.Codes(RequestFiles.Hello()));
    }

    [Theory]
    [InlineData("no_max_tokens", "{\"model\":\"claude-opus-5\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("no_model", "{\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("unknown_model", "{\"model\":\"nobodys\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("guessed_model", "{\"model\":\"claude-opus-5-turbo\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("deprecated_model", "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("retired_model", "{\"model\":\"claude-3-7-sonnet-20250219\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("max_tokens_above_limit", "{\"model\":\"claude-opus-4-5\",\"max_tokens\":64001,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("long_answer_without_stream", "{\"model\":\"claude-opus-5\",\"max_tokens\":64000,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("answer_over_window", "{\"model\":\"claude-opus-4-5\",\"max_tokens\":200000,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("near_window", "{\"model\":\"claude-opus-4-5\",\"max_tokens\":190000,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("fast_unavailable", "{\"model\":\"claude-sonnet-5\",\"max_tokens\":5,\"speed\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("duplicate_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"max_tokens\":6,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("duplicate_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"content\":\"y\"}]}")]
    [InlineData("duplicate_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"role\":\"user\"}]}")]
    [InlineData("misspelled_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"maxTokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("misspelled_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"temprature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("misspelled_parameter", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"max_tokens_to_sample\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("unknown_block", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]}]}")]
    [InlineData("server_work", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"mcp_servers\":[{}],\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("converse_body", "{\"inferenceConfig\":{\"maxTokens\":5},\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}")]
    [InlineData("parameter_unreadable", "{\"model\":\"claude-opus-5\",\"max_tokens\":-5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("max_tokens_invalid", "{\"model\":\"claude-opus-5\",\"max_tokens\":-5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("max_tokens_invalid", "{\"model\":\"claude-opus-5\",\"max_tokens\":1e400,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("prefill_refused", "{\"model\":\"claude-opus-4-6\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"{\"}]}")]
    [InlineData("prefill_refused", "{\"model\":\"claude-haiku-5-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"{\"}]}")]
    [InlineData("breakpoint_lifetime", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"2h\"}}]}]}")]
    [InlineData("breakpoint_lifetime", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":300},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("image_unreadable", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"\"}}]}]}")]
    public void What_is_wrong_has_its_code(string code, string body)
    {
        Assert.Contains(code, Reviewed.Codes(body));
    }

    [Theory]
    [InlineData("no_max_tokens", "{\"model\":\"claude-opus-5\",\"max_tokens\":-5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("prefill_refused", "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"{\"}]}")]
    [InlineData("prefill_refused", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}]}]}")]
    [InlineData("breakpoint_lifetime", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"5m\"}}]}]}")]
    [InlineData("breakpoint_lifetime", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"cache_control\":{\"type\":\"ephemeral\"},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")]
    [InlineData("image_elsewhere", "{\"model\":\"claude-opus-5\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"\"}}]}]}")]
    public void What_is_right_has_no_code(string code, string body) => Assert.DoesNotContain(code, Reviewed.Codes(body));

    [Theory]
    [InlineData("thinking_budget_too_large", 100)]
    [InlineData("thinking_budget_too_large", 5000)]
    [InlineData(null, 3999)]
    public void A_thinking_budget_leaves_room_for_the_answer(string? code, int budget)
    {
        var body = Reviewed.With($$"""
            "thinking":{"type":"enabled","budget_tokens":{{budget}}}
            """, maxTokens: code is "thinking_budget_too_large" ? "\"max_tokens\":100," : "\"max_tokens\":4000,");

        var codes = Reviewed.Codes(body).Where(found => found.StartsWith("thinking", StringComparison.Ordinal));

        Assert.Equal(code is not null, codes.Contains(code, StringComparer.Ordinal));
    }

    [Fact]
    public void Interleaved_thinking_may_have_a_budget_above_max_tokens()
    {
        Assert.Empty(Reviewed.Codes(Reviewed.With("\"anthropic_beta\":[\"interleaved-thinking-2025-05-14\"],\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4000}")));
    }

    [Fact]
    public void Interleaved_thinking_may_be_asked_for_by_a_header()
    {
        var body = Reviewed.With("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4000}");
        var entry = RequestFiles.Entry("https://api.anthropic.com/v1/messages", body, ("anthropic-beta", "interleaved-thinking-2025-05-14"));

        Assert.Contains("thinking_budget_too_large", Reviewed.Codes(body));
        Assert.DoesNotContain("thinking_budget_too_large", Reviewed.Codes(entry.ToJsonString()));
    }

    [Fact]
    public void A_prompt_longer_than_the_window_is_told()
    {
        Assert.Contains("over_window", Reviewed.Codes(Reviewed.With($"\"system\":[{Reviewed.System(270_000)}]", "claude-opus-4-5")));
    }

    [Theory]
    [InlineData(110_000, "long_context_price")]
    [InlineData(97_000, "near_long_context_price")]
    [InlineData(50_000, null)]
    public void The_price_of_long_prompts_is_told(int tokens, string? code)
    {
        var codes = Reviewed.Codes(Reviewed.With($"\"system\":[{Reviewed.System(tokens)}]", "claude-haiku-5-5"));

        Assert.Equal(code is null ? [] : [code], codes.Where(found => found.EndsWith("long_context_price", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_block_that_is_said_twice_is_told_once()
    {
        var text = new string('y', 3_000);
        var body = $$"""{"model":"claude-opus-5","max_tokens":5,"messages":[{"role":"user","content":"{{text}}"},{"role":"assistant","content":"ok"},{"role":"user","content":"{{text}}"}]}""";

        var finding = Assert.Single(Reviewed.Answer(body).Findings, f => f.Code == "repeated_block");

        Assert.Equal("messages[2].content[0]", finding.Place);
        Assert.Contains("repeats messages[0].content[0]", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gravest_comes_first()
    {
        var severities = Reviewed.Answer(RequestFiles.Rich()).Findings.Select(finding => finding.Severity).ToList();

        Assert.Equal(severities.Order(), severities);
        Assert.Equal(Severity.Error, severities[0]);
    }

    [Fact]
    public void Every_message_is_one_line()
    {
        Assert.All(Reviewed.Answer(RequestFiles.Rich()).Findings, finding => Assert.DoesNotContain('\n', finding.Message));
    }
}
