using System.Text;
using Telemetry.Handler.Batches;
using Telemetry.Handler.Streaming;
using Telemetry.Handler.Tests.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Batches;

public sealed class BatchParserTests
{
    private const string Ended = """
        {"id":"msgbatch_1","type":"message_batch","processing_status":"ended","request_counts":{"processing":0,"succeeded":95,"errored":3,"canceled":1,"expired":1},"ended_at":"2026-11-20T09:00:00.5Z","created_at":"2026-11-20T08:00:00Z","expires_at":"2026-11-21T08:00:00Z","cancel_initiated_at":null,"results_url":"https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"}
        """;

    private const string Running = """
        {"type":"message_batch","request_counts":{"processing":2,"succeeded":0},"ended_at":null,"id":"msgbatch_2","other":{"id":"no","ended_at":"2026-01-01T00:00:00Z"}}
        """;

    private static readonly DateTimeOffset EndedAt = new(2026, 11, 20, 9, 0, 0, 500, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly BatchMemory _memory = new();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void A_batch_tells_its_end_and_its_size(int piece)
    {
        var parser = Parse(Ended, piece);

        Assert.Equal(new BatchFacts("msgbatch_1", EndedAt, 100), parser.Batch);
        Assert.True(parser.Facts.IsComplete);
        Assert.Equal(EndedAt, _memory.EndOf("msgbatch_1", Now));
    }

    [Fact]
    public void A_running_batch_has_not_ended()
    {
        Assert.Equal(new BatchFacts("msgbatch_2", null, 2), Parse(Running).Batch);
        Assert.Equal(Now, _memory.EndOf("msgbatch_2", Now));
    }

    [Fact]
    public void A_page_tells_of_each_batch()
    {
        Parse($$"""{"data":[{{Running}},{{Ended}}],"has_more":false,"first_id":"msgbatch_2","last_id":"msgbatch_1"}""", 3);

        Assert.Equal(EndedAt, _memory.EndOf("msgbatch_1", Now));
        Assert.Equal(Now, _memory.EndOf("msgbatch_2", Now));
        Assert.Equal(Now, _memory.EndOf("no", Now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"msgbatch_1\",\"type\":\"message_batch_deleted\"}")]
    [InlineData("[]")]
    [InlineData("{\"data\":{\"id\":\"msgbatch_1\",\"ended_at\":\"2026-11-20T09:00:00Z\"}}")]
    [InlineData("{\"id\":7,\"ended_at\":\"2026-11-20T09:00:00Z\"}")]
    [InlineData("{\"id\":\"msgbatch_1\",\"ended_at\":\"yesterday\",\"request_counts\":[1,2]}")]
    public void What_tells_nothing_is_no_fault(string answer)
    {
        var parser = Parse(answer);

        Assert.True(parser.Facts.IsComplete);
        Assert.Empty(parser.Facts.FaultNames);
        Assert.Equal(Now, _memory.EndOf("msgbatch_1", Now));
    }

    [Theory]
    [InlineData("{\"id\":\"msgbatch_1\"", "incomplete_json")]
    [InlineData("<html>", "malformed_json")]
    public void What_is_no_JSON_is_a_fault(string answer, string fault)
    {
        var parser = Parse(answer);

        Assert.False(parser.Facts.IsComplete);
        Assert.Equal([fault], parser.Facts.FaultNames);
    }

    [Fact]
    public void An_end_that_cannot_be_is_not_believed()
    {
        _memory.Saw(new BatchFacts("future", Now.AddDays(2), 1));
        _memory.Saw(new BatchFacts("past", DateTimeOffset.UnixEpoch, 1));

        Assert.Equal((Now, Now), (_memory.EndOf("future", Now), _memory.EndOf("past", Now)));
    }

    [Fact]
    public void The_oldest_batches_are_forgotten()
    {
        for (var i = 0; i <= BatchMemory.MaxBatches; i++)
        {
            _memory.Saw(new BatchFacts($"msgbatch_{i}", EndedAt, 1));
            _memory.Saw(new BatchFacts($"msgbatch_{i}", EndedAt, 1));
        }

        Assert.Equal(Now, _memory.EndOf("msgbatch_0", Now));
        Assert.Equal(EndedAt, _memory.EndOf("msgbatch_1", Now));
    }

    [Theory]
    [InlineData("https://api.anthropic.com/v1/messages/batches/msgbatch_1/results", "msgbatch_1")]
    [InlineData("https://gate.example/a/b/v1/messages/batches/msgbatch_1?x=1", "msgbatch_1")]
    [InlineData("https://gate.example/v1/messages/batches/a%2Fb/cancel", "a/b")]
    [InlineData("https://api.anthropic.com/v1/messages/batches", null)]
    [InlineData("https://api.anthropic.com/v1/messages/batches/", null)]
    [InlineData("https://api.anthropic.com/v1/messages/batches/%00/results", null)]
    [InlineData("https://api.anthropic.com/v1/messages", null)]
    public void The_url_names_the_batch(string url, string? id) => Assert.Equal(id, BatchUrl.IdOf(new Uri(url)));

    private BatchParser Parse(string answer, int piece = 1_000)
    {
        var parser = new BatchParser(new ChunkClock(new StoppedTime(), 0), _memory);
        foreach (var part in Encoding.UTF8.GetBytes(answer).Chunk(piece))
        {
            parser.Feed(part);
        }

        parser.Complete();
        return parser;
    }
}
