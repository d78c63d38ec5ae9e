using System.Text;
using Telemetry.Handler.Content;
using Telemetry.Handler.Content.Parts;
using Xunit;
using static Telemetry.Handler.Tests.Content.Captured;

namespace Telemetry.Handler.Tests.Content;

public sealed class AnswerContentTests
{
    private static readonly string[] Events =
    [
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me \u2013 "}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"see."}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"planted"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"ping"}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hello "}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"cited_text":"planted"}}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"für \ud83d\ude00"}}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"look","input":{}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"at\": \"th"}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"ere\"}"}}""",
    ];

    [Fact]
    public void A_stream_is_one_message_with_a_part_for_each_block()
    {
        AssertJson(
            """
            [{"role":"assistant","parts":[{"type":"reasoning","content":"Let me – see."},{"type":"text","content":"Hello für 😀"},
              {"type":"tool_call","id":"toolu_1","name":"look","arguments":{"at":"there"}}],"finish_reason":"stop"}]
            """,
            Of(null, Stream(Events)).OutputMessages);
    }

    [Fact]
    public void Wherever_the_bytes_are_split_the_content_is_the_same()
    {
        var stream = Stream(Events);
        var whole = Of(null, stream).OutputMessages;

        for (var pieces = 2; pieces <= stream.Length; pieces += 7)
        {
            Assert.Equal(whole, Of(null, stream, pieces: pieces).OutputMessages);
        }
    }

    [Fact]
    public void A_whole_answer_has_the_same_shape()
    {
        AssertJson(
            """
            [{"role":"assistant","parts":[{"type":"text","content":"Hi"},{"type":"tool_call","id":"t","name":"look","arguments":{}}],"finish_reason":"tool_call"}]
            """,
            Of(null, """{"model":"m","id":"msg_2","type":"message","role":"assistant","content":[{"type":"text","text":"Hi","citations":null},{"type":"tool_use","id":"t","name":"look","input":{}}],"stop_reason":"tool_use","usage":{"output_tokens":3}}""").OutputMessages);
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("tool_use", "tool_call")]
    [InlineData("refusal", "content_filter")]
    [InlineData("compaction", "compaction")]
    [InlineData("pause_turn", "pause_turn")]
    [InlineData(null, "error")]
    public void Stop_reasons_are_put_into_the_conventions_words(string? stopReason, string expected) =>
        Assert.Equal(expected, FinishReasons.Of(stopReason));

    [Fact]
    public void What_arrived_of_an_answer_that_broke_off_is_kept()
    {
        var stream = Stream(Events);
        var cutInput = stream[..stream.IndexOf("\"partial_json\":\"ere", StringComparison.Ordinal)];

        AssertJson(
            """
            [{"role":"assistant","parts":[{"type":"reasoning","content":"Let me – see."},{"type":"text","content":"Hello für 😀"},
              {"type":"tool_call","id":"toolu_1","name":"look","arguments":"{\"at\": \"th"}],"finish_reason":"error"}]
            """,
            Of(null, cutInput).OutputMessages);
        AssertJson(
            """[{"role":"assistant","parts":[{"type":"text","content":"Hi"}],"finish_reason":"error"}]""",
            Of(null, """{"role":"assistant","content":[{"type":"text","text":"Hi"},{"type":"text","te""").OutputMessages);
    }

    [Fact]
    public void Deltas_without_a_start_and_with_their_index_behind_them_find_their_place()
    {
        AssertJson(
            """[{"role":"assistant","parts":[{"type":"text","content":"ab"},{"type":"reasoning","content":"c"},{"type":"tool_call","name":"unknown","arguments":[1]}],"finish_reason":"stop"}]""",
            Of(null, Stream(
                """{"delta":{"text":"a"},"index":5,"type":"content_block_delta"}""",
                """{"delta":{"thinking":"c"},"index":6,"type":"content_block_delta"}""",
                """{"delta":{"partial_json":"[1]"},"index":7,"type":"content_block_delta"}""",
                """{"delta":{"text":"b"},"index":5,"type":"content_block_delta"}""")).OutputMessages);
    }

    [Fact]
    public void Another_message_takes_the_place_of_the_first()
    {
        var content = Of(null, Stream(
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"first"}}""",
            """{"type":"message_start","message":{"id":"msg_2","role":"assistant","content":[]}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"second"}}"""));

        AssertJson("""[{"role":"assistant","parts":[{"type":"text","content":"second"}],"finish_reason":"stop"}]""", content.OutputMessages);
    }

    [Fact]
    public void An_error_is_no_message()
    {
        Assert.Null(Of(null, """{"type":"error","error":{"type":"invalid_request_error","message":"planted"}}""").OutputMessages);
        Assert.Null(Of(null, Event("""{"type":"error","error":{"type":"overloaded_error","message":"planted"}}""")).OutputMessages);
    }

    [Fact]
    public void A_secret_that_is_spread_over_deltas_is_found()
    {
        var content = Of(null, Stream(
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"It is sk-a"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"nt-api03-planted, is it?"}}"""));

        Assert.DoesNotContain("planted", content.OutputMessages, StringComparison.Ordinal);
        Assert.Contains(", is it?", content.OutputMessages, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_does_not_grow_with_an_answer_beyond_the_bound()
    {
        var content = new AnswerContent(new ContentOptions { MaxBytes = 1_000 });
        var delta = Encoding.UTF8.GetBytes("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"word word word word"}}""");
        Feed(content, delta, 1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(content, delta, 10_000);

        // Nothing but the empty rest of each text.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.True(content.ToList("end_turn").IsCut);
    }

    private static void Feed(AnswerContent tap, byte[] document, int times)
    {
        for (var i = 0; i < times; i++)
        {
            tap.OnData(document);
            tap.OnDocument();
        }
    }
}
