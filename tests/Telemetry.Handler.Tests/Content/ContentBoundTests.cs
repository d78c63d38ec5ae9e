using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

public sealed class ContentBoundTests
{
    [Fact]
    public void The_oldest_messages_go_first_and_the_call_says_so()
    {
        var messages = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"role":"user","content":"message number {{i}}"}"""));

        var content = Of($$"""{"messages":[{{messages}}]}""", null, maxBytes: 1_000);

        Assert.True(content.IsTruncated);
        Assert.Contains("message number 99", content.InputMessages, StringComparison.Ordinal);
        Assert.DoesNotContain("message number 80", content.InputMessages, StringComparison.Ordinal);
        Assert.InRange(Size(content), 900, 1_000);
    }

    [Fact]
    public void A_long_text_is_shortened_so_that_others_stay()
    {
        var content = Of(
            $$"""{"messages":[{"role":"user","content":"the first"},{"role":"user","content":"{{Words(5_000)}}"},{"role":"user","content":"the last"}]}""",
            null,
            maxBytes: 2_000);

        Assert.True(content.IsTruncated);
        Assert.Contains("the first", content.InputMessages, StringComparison.Ordinal);
        Assert.Contains("wor", content.InputMessages, StringComparison.Ordinal);
        Assert.Contains("…", content.InputMessages, StringComparison.Ordinal);
        Assert.Contains("the last", content.InputMessages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_prompt_leaves_room_for_the_answer()
    {
        var content = Of(
            $$"""{"system":"{{Words(9_000)}}","messages":[{"role":"user","content":"{{Words(9_000)}}"}]}""",
            Stream("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a short answer"}}"""),
            maxBytes: 3_000);

        Assert.Contains("a short answer", content.OutputMessages, StringComparison.Ordinal);
        Assert.True(content.SystemInstructions!.Length > 500);
        Assert.True(content.InputMessages!.Length > 500);
        ContentSchema.AssertValid(content);
    }

    [Fact]
    public void Long_arguments_are_shortened_to_a_text()
    {
        var content = Of(
            $$$"""{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"write","input":{"text":"{{{Words(9_000)}}}"}}]}]}""",
            null,
            maxBytes: 1_000);

        Assert.Contains("\"arguments\":\"{\\\"text\\\":\\\"word", content.InputMessages, StringComparison.Ordinal);
        Assert.True(content.IsTruncated);
        ContentSchema.AssertValid(content);
    }

    [Fact]
    public void A_bound_of_nothing_leaves_nothing_but_the_mark()
    {
        var content = Of("""{"system":"s","messages":[{"role":"user","content":"x"}]}""", """{"role":"assistant","content":[{"type":"text","text":"y"}]}""", maxBytes: 0);

        Assert.Empty(All(content));
        Assert.True(content.IsTruncated);
    }

    [Fact]
    public void Arguments_nested_beyond_what_readers_take_are_cut_off_below()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);

        var content = Of($$"""{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"n","input":{{deep}}}]}]}""", null);

        ContentSchema.AssertValid(content);
        Assert.Contains("\"…\"", content.InputMessages, StringComparison.Ordinal);
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
