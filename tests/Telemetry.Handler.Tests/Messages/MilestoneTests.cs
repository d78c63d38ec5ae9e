using System.Text;
using Telemetry.Handler.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Messages;

public sealed class MilestoneTests
{
    [Fact]
    public void The_life_of_an_answer_is_told_in_order_with_the_times_of_its_chunks()
    {
        var time = new StoppedTime { Ticks = 1000 };
        var sink = new Sink();
        var parser = AnswerParser.Create(AnswerKind.MessageStream, contentEncoding: null, time, 500, sink);

        foreach (var part in Samples.ThinkingAndTools.Split("\n\n"))
        {
            time.Ticks += 100;
            parser.Feed(Encoding.UTF8.GetBytes(part + "\n\n"));
        }

        parser.Complete();
        Assert.Equal(
            [
                "MessageStart -1  1100", "ContentBlockStart 0 thinking 1200", "FirstContent -1  1300", "ContentBlockStop -1  1600", "ContentBlockStart 1 tool_use 1700", "ContentBlockStop -1  2000",
                "MessageDelta -1  2200", "MessageStop -1  2300",
            ],
            sink.Told,
            StringComparer.Ordinal);
        Assert.Equal((600, 800), (parser.Facts.FirstEvent!.Value.Ticks, parser.Facts.FirstContent!.Value.Ticks));
    }

    [Fact]
    public void The_clock_is_asked_at_most_once_for_a_chunk_and_not_at_all_for_plain_deltas()
    {
        var time = new StoppedTime();
        var parser = Feeding.Parser(AnswerKind.MessageStream, time: time);

        parser.Feed(Encoding.UTF8.GetBytes(Samples.ThinkingAndTools.Replace("event: message_stop", "event: x", StringComparison.Ordinal)));
        Assert.Equal(1, time.Asked);
        parser.Feed("data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}\n\n"u8);
        Assert.Equal(1, time.Asked);
    }

    [Fact]
    public void However_many_blocks_and_repetitions_there_are_few_milestones_are_told()
    {
        var sink = new Sink();
        var parser = Feeding.Parser(AnswerKind.MessageStream, milestones: sink);
        var block = "data: {\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"text\"}}\n\n";
        var delta = "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":1}}\n\n";
        var error = "data: {\"type\":\"error\"}\n\n";
        var start = "data: {\"type\":\"message_start\",\"message\":{}}\n\n";

        parser.Feed(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(start + block + delta + error, 100))));

        Assert.Equal(32 + 3, sink.Told.Count);
        Assert.Equal((100, 400), (parser.Facts.ContentBlocks, parser.Facts.Events));
    }

    [Fact]
    public void A_block_without_a_plausible_index_is_told_by_its_place()
    {
        var sink = new Sink();
        var parser = Feeding.Parser(AnswerKind.MessageStream, milestones: sink);

        parser.Feed("data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"brand_new\"}}\n\n"u8);
        parser.Feed("data: {\"type\":\"content_block_start\",\"index\":-7}\n\n"u8);

        Assert.Equal(["ContentBlockStart 0 brand_new 0", "ContentBlockStart 1  0"], sink.Told, StringComparer.Ordinal);
    }

    private sealed class Sink : IMilestoneSink
    {
        public List<string> Told { get; } = [];

        public void OnMilestone(Milestone kind, int index, string? blockType, long timestamp) =>
            Told.Add($"{kind} {index} {blockType} {timestamp}");
    }
}
