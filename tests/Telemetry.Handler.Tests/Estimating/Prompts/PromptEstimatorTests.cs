using System.Diagnostics;
using System.Text;
using Telemetry.Handler.Estimating;
using Telemetry.Handler.Estimating.Prompts;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Estimating.Prompts;

public sealed class PromptEstimatorTests
{
    private const string Weather = """{"name":"get_weather","description":"The weather of a city","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}""";

    [Fact]
    public void The_sources_add_up_to_the_whole()
    {
        var estimate = Estimate($$$"""
            {"model":"claude-sonnet-4-5","system":"Be brief.","tools":[{{{Weather}}}],"messages":[
              {"role":"user","content":"How warm is it in Paris?"},
              {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"get_weather","input":{"city":"Paris"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"21 degrees"}]}]}
            """);

        Assert.Equal(estimate.InputTokens, estimate.BySource.Values.Sum());
        Assert.Equal(
            [PromptSource.Tools, PromptSource.System, PromptSource.Messages, PromptSource.ToolUses, PromptSource.ToolResults, PromptSource.Overhead],
            estimate.BySource.Keys);
        Assert.Equal(
            ["tools[0] \"get_weather\"", "system[0]", "messages[0].content[0]", "messages[1].content[0]", "messages[2].content[0]"],
            estimate.Segments.Select(s => s.Place));
        Assert.Empty(estimate.Doubts);
    }

    [Fact]
    public void A_lone_message_has_what_the_api_counts()
    {
        // count_tokens says 10 to 12 for such a message on models up to 4.6.
        var estimate = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"Hello, Claude"}]}""");

        Assert.InRange(estimate.InputTokens, 9, 13);
        Assert.True(estimate.InputTokensLow <= estimate.InputTokens && estimate.InputTokens <= estimate.InputTokensHigh);
    }

    [Fact]
    public void Calls_at_once_take_more_than_calls_one_by_one()
    {
        const string Call = """{"type":"tool_use","id":"t","name":"a","input":{}}""";
        const string Result = """{"type":"tool_result","tool_use_id":"t","content":"x"}""";
        var atOnce = Estimate($$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{{Call}},{{Call}}]},{"role":"user","content":[{{Result}},{{Result}}]}]}""");
        var single = Estimate($$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{{Call}}]},{"role":"user","content":[{{Result}}]}]}""");

        Assert.InRange(atOnce.InputTokens - single.InputTokens, 60, 110);
    }

    [Fact]
    public void Thinking_of_earlier_turns_counts_where_the_model_is_shown_it()
    {
        static string Body(string model) => $$"""
            {"model":"{{model}}","thinking":{"type":"enabled","budget_tokens":2000},"messages":[{"role":"user","content":"x"},
            {"role":"assistant","content":[{"type":"thinking","thinking":"{{string.Join(' ', Enumerable.Repeat("word", 300))}}","signature":"s"},{"type":"text","text":"y"}]},
            {"role":"user","content":"z"}]}
            """;

        Assert.False(Estimate(Body("claude-sonnet-4-5")).BySource.ContainsKey(PromptSource.Thinking));
        Assert.InRange(Estimate(Body("claude-opus-4-5")).BySource[PromptSource.Thinking], 300, 400);
    }

    [Fact]
    public void Thinking_within_a_tool_loop_counts_on_every_model()
    {
        var estimate = Estimate("""
            {"model":"claude-sonnet-4","messages":[{"role":"user","content":"x"},
            {"role":"assistant","content":[{"type":"thinking","thinking":"one two three four five six","signature":"s"},{"type":"tool_use","id":"t","name":"a","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"z"}]}]}
            """);

        Assert.InRange(estimate.BySource[PromptSource.Thinking], 6, 8);
    }

    [Fact]
    public void An_image_is_counted_by_its_size_and_one_with_a_broken_header_is_doubted()
    {
        static string Body(string data) => $$$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{data}}}"}}]}]}""";
        byte[] png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 200, 0, 0, 0, 100, 8, 2, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(8 * 4, Estimate(Body(Convert.ToBase64String(png))).BySource[PromptSource.Images]);
        Assert.Contains("image_unreadable", Estimate(Body("AAAA")).Doubts);
        Assert.Contains("image_unreadable", Estimate(Body("")).Doubts);
        Assert.Contains("image_unreadable", Estimate(Body("not base64 at all!")).Doubts);
    }

    [Fact]
    public void A_pdf_that_does_not_parse_is_doubted()
    {
        var estimate = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0x"}}]}]}""");

        Assert.Contains("document_unreadable", estimate.Doubts);
        Assert.True(estimate.BySource[PromptSource.Documents] > 0);
    }

    [Fact]
    public void Documents_of_more_pages_than_anybody_sends_are_not_less_than_nothing()
    {
        var pages = Convert.ToBase64String(Encoding.ASCII.GetBytes("%PDF-1.4" + string.Concat(Enumerable.Repeat("/Type/Page ", 320_000))));
        var document = $$$"""{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"{{{pages}}}"}}""";
        var estimate = Estimate($$"""{"model":"claude-opus-5","messages":[{"role":"user","content":[{{document}},{{document}}]}]}""");

        Assert.True(estimate.BySource[PromptSource.Documents] > int.MaxValue);
        Sound(estimate);
    }

    [Fact]
    public void A_block_of_unknown_type_is_counted_as_text_and_doubted()
    {
        var estimate = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":[{"type":"hologram","data":"one two three four five six seven eight"}]}]}""");

        Assert.Contains("unknown_block", estimate.Doubts);
        Assert.InRange(estimate.BySource[PromptSource.Messages], 8, 30);
    }

    [Fact]
    public void A_doubt_widens_the_interval()
    {
        var known = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"one two three four five six seven eight nine ten one two three four five six seven eight nine ten"}]}""");
        var unknown = Estimate("""{"model":"house-model","messages":[{"role":"user","content":"one two three four five six seven eight nine ten one two three four five six seven eight nine ten"}]}""");

        Assert.Contains("unknown_model", unknown.Doubts);
        Assert.True(unknown.InputTokensHigh - unknown.InputTokensLow > known.InputTokensHigh - known.InputTokensLow);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[]", "not JSON")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}""", "not JSON")]
    [InlineData("""{"model":"claude-sonnet-5"}""", "no messages")]
    [InlineData("""{"messages":[]}""", "no messages")]
    [InlineData("""{"thread":{"type":"continue","id":"thr_1"},"messages":[{"role":"user","content":"x"}]}""", "thread")]
    public void A_body_that_says_nothing_is_refused_in_words(string body, string words) =>
        Assert.Contains(words, Assert.Throws<PromptUnreadableException>(() => Estimate(body)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("claude-sonnet-4-6", 20, "ok")]
    [InlineData("claude-sonnet-5", 1_000, "a")]
    [InlineData("claude-3-opus-20240229", 1_000, "")]
    [InlineData("house-model", 300, "a")]
    public void Many_short_messages_of_one_role_are_no_less_than_their_text(string model, int count, string text)
    {
        var messages = string.Join(',', Enumerable.Repeat($$"""{"role":"user","content":"{{text}}"}""", count));
        var estimate = Estimate($$"""{"model":"{{model}}","messages":[{{messages}}]}""");

        Assert.InRange(estimate.InputTokens, text.Length == 0 ? 1 : count, 6 * count);
        Sound(estimate);
    }

    [Fact]
    public void Every_estimate_is_sound_whatever_the_blocks_and_the_counter()
    {
        string[] models = ["claude-sonnet-4-6", "claude-sonnet-5", "claude-3-haiku-20240307", "claude-opus-5", "house-model"];
        string[] blocks =
        [
            "{\"type\":\"text\",\"text\":\"a\"}", "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"a\",\"input\":{}}", "{\"type\":\"thinking\",\"thinking\":\"hm\"}",
            "{\"type\":\"tool_result\",\"tool_use_id\":\"t\"}", "{\"type\":\"server_tool_use\",\"id\":\"t\",\"name\":\"a\",\"input\":{}}", "7", "{}",
        ];
        ITokenCounter[] counters = [TokenCounter.O200kBase, new Always(0), new Always(-1_000), new Always(int.MaxValue)];
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var messages = Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
                $$"""{"role":"{{(random.Next(3) == 0 ? "assistant" : "user")}}","content":[{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => blocks[random.Next(blocks.Length)]))}}]}""");
            var body = $$"""{"model":"{{models[random.Next(models.Length)]}}","messages":[{{string.Join(',', messages)}}]}""";

            Sound(new PromptEstimator(counters[random.Next(counters.Length)]).Estimate(Encoding.UTF8.GetBytes(body)));
        }
    }

    [Fact]
    public void Calls_of_the_providers_tools_take_time_by_their_number()
    {
        var calls = string.Join(',', Enumerable.Repeat("""{"type":"x_tool_use"}""", 100_000));
        var clock = Stopwatch.StartNew();

        var estimate = Estimate($$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{{calls}}]}]}""");

        // As many steps as the square of their number take a minute and a half.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.True(estimate.InputTokens > 2_000_000);
    }

    [Fact]
    public void Calls_that_were_answered_one_by_one_within_a_message_were_not_made_at_once()
    {
        const string Call = """{"type":"server_tool_use","id":"t","name":"a","input":{}}""";
        const string Result = """{"type":"web_search_tool_result","tool_use_id":"t","content":[]}""";
        static long Tokens(params string[] blocks) =>
            Estimate($$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{{string.Join(',', blocks)}}]}]}""").InputTokens;

        Assert.InRange(Tokens(Call, Call, Result, Result) - Tokens(Call, Result, Call, Result), 30, 36);
    }

    [Fact]
    public void The_last_of_equal_keys_counts()
    {
        var twice = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"a much longer first text that is not sent"}],"messages":[{"role":"user","content":"hi"}]}""");
        var once = Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(once.InputTokens, twice.InputTokens);
    }

    [Fact]
    public void A_name_that_is_half_a_character_is_read()
    {
        var estimate = Estimate("""{"model":"claude-sonnet-4-5","tools":[{"\ud800":1,"name":"a","input_schema":{}}],"messages":[{"role":"user","content":"x"}]}""");

        Assert.Equal("tools[0] \"a\"", estimate.Segments[0].Place);
    }

    [Fact]
    public void Deep_nesting_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 50_000)) + string.Concat(Enumerable.Repeat("]", 50_000));
        var body = $$$"""{"model":"claude-sonnet-4-5","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"a","input":{"x":{{{deep}}} }}]}]}""";

        Assert.True(Estimate(body).InputTokens > 1_000);
    }

    [Fact]
    public void The_largest_body_that_the_api_takes_is_read()
    {
        var text = string.Concat(Enumerable.Repeat("All work and no play makes a dull prompt. ", 800_000));
        var estimate = Estimate($$"""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"{{text}}"}]}""");

        Assert.InRange(estimate.InputTokens, 8_000_000, 10_500_000);
    }

    [Fact]
    public void A_breakpoint_is_told_with_its_lifetime()
    {
        var estimate = Estimate("""
            {"model":"claude-sonnet-4-5","cache_control":{"type":"ephemeral"},"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[{"role":"user","content":"y"}]}
            """);

        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)], estimate.Segments.Select(s => s.CacheLifetime));
    }

    [Fact]
    public void Betas_count_in_the_header_as_in_the_body()
    {
        static byte[] Body(string betas) => Encoding.UTF8.GetBytes($$"""
            {"model":"claude-sonnet-4-5",{{betas}}"thinking":{"type":"enabled","budget_tokens":1024},"tools":[{"name":"f","input_schema":{} }],
             "messages":[{"role":"user","content":"y"}]}
            """);
        var plain = PromptEstimator.Default.Estimate(Body(""));
        var inHeader = PromptEstimator.Default.Estimate(Body(""), betas: ["files-api-2025-04-14", "interleaved-thinking-2025-05-14"]);
        var inBody = PromptEstimator.Default.Estimate(Body("\"anthropic_beta\":[\"interleaved-thinking-2025-05-14\"],"));

        Assert.True(inHeader.InputTokens > plain.InputTokens + 100, $"{inHeader.InputTokens} and {plain.InputTokens}");
        Assert.Equal(inBody.InputTokens, inHeader.InputTokens);
        Assert.Equal(plain.InputTokens, PromptEstimator.Default.Estimate(Body(""), betas: ["files-api-2025-04-14"]).InputTokens);
    }

    [Fact]
    public void Another_tokenizer_can_be_plugged_in()
    {
        var estimate = new PromptEstimator(new OneTokenAByte()).Estimate("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"12345678901234567890"}]}"""u8);

        Assert.InRange(estimate.BySource[PromptSource.Messages], 22, 23);
    }

    private static PromptEstimate Estimate(string body) => PromptEstimator.Default.Estimate(Encoding.UTF8.GetBytes(body));

    private static void Sound(PromptEstimate estimate)
    {
        Assert.True(estimate.InputTokens >= 1, $"{estimate}");
        Assert.InRange(estimate.InputTokens, estimate.InputTokensLow, estimate.InputTokensHigh);
        Assert.True(estimate.InputTokensLow >= 1, $"{estimate}");
        Assert.All(estimate.BySource.Values, tokens => Assert.True(tokens > 0));
        Assert.All(estimate.Segments, segment => Assert.True(segment.Tokens >= 0));
        Assert.Equal(estimate.InputTokens, estimate.BySource.Values.Sum());
    }

    private sealed class Always(int tokens) : ITokenCounter
    {
        public string Name => "always";

        public int Count(ReadOnlySpan<byte> utf8) => tokens;
    }

    private sealed class OneTokenAByte : ITokenCounter
    {
        public string Name => "bytes";

        public int Count(ReadOnlySpan<byte> utf8) => utf8.Length;
    }
}
