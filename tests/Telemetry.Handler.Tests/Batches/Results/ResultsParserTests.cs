using System.IO.Compression;
using System.Text;
using Telemetry.Handler.Batches.Results;
using Telemetry.Handler.Documents;
using Telemetry.Handler.Streaming;
using Telemetry.Handler.Tests.Messages;
using Xunit;

namespace Telemetry.Handler.Tests.Batches.Results;

public sealed class ResultsParserTests
{
    private static readonly string[] Mixed =
    [
        ResultsFile.Succeeded("a", usage: """
            "input_tokens":1,"cache_creation_input_tokens":30,"cache_read_input_tokens":400,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":9,"output_tokens_details":{"thinking_tokens":4},"server_tool_use":{"web_search_requests":2},"inference_geo":"us","iterations":[{"type":"message","model":null,"input_tokens":1,"output_tokens":9},{"type":"compaction","input_tokens":5,"output_tokens":6}]
            """),
        ResultsFile.Errored,
        ResultsFile.Canceled,
        "",
        """{"result":{"message":{"usage":{"output_tokens":3,"input_tokens":2},"stop_details":{"category":"cyber"},"stop_reason":"refusal","content":[],"model":"m","id":"msg_x"},"type":"succeeded"},"custom_id":"turned \u00fcber"}""",
        ResultsFile.Expired,
        """{"custom_id":"bare","result":{"type":"errored","error":{"type":"overloaded_error","message":"Overloaded"}}}""",
        """{"custom_id":"more","unknown":{"result":{"type":"expired"},"custom_id":"no"},"result":{"type":"canceled","message":null,"extra":[{"type":"x"}]}}""",
    ];

    [Fact]
    public void Every_kind_of_result_is_read()
    {
        var (found, parser) = ResultsFile.Parse(ResultsFile.Of(Mixed), () => int.MaxValue);

        var lines = found.Split('\n');
        Assert.Equal(8, lines.Length);
        Assert.StartsWith("a Succeeded msg_a claude-opus-5 end_turn ", lines[0], StringComparison.Ordinal);
        Assert.Contains("InputTokens = 1, OutputTokens = 9, CacheReadInputTokens = 400, CacheCreationInputTokens = 30", lines[0], StringComparison.Ordinal);
        Assert.Contains("ServiceTier = batch", lines[0], StringComparison.Ordinal);
        Assert.Contains("Type = compaction", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("bad Errored     invalid_request_error  req_7 ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("late Canceled ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("turned über Succeeded msg_x m refusal cyber ", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("old Expired ", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("bare Errored      overloaded_error ", lines[5], StringComparison.Ordinal);
        Assert.StartsWith("more Canceled ", lines[6], StringComparison.Ordinal);
        Assert.Equal((7, 0), (parser.Facts.Events, parser.MalformedLines));
        Assert.Empty(parser.Facts.FaultNames);
    }

    [Fact]
    public void Pieces_of_any_length_tell_the_same()
    {
        var file = ResultsFile.Of([.. Mixed, "{broken", "[]", ResultsFile.Succeeded("b", text: new string('x', 5_000))]);
        var whole = ResultsFile.Parse(file, () => int.MaxValue).Found;

        Assert.Equal(whole, ResultsFile.Parse(file, () => 1).Found);
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (found, parser) = ResultsFile.Parse(file, () => random.Next(1, 300));
            Assert.Equal(whole, found);
            Assert.Equal(2, parser.MalformedLines);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public void Compressed_results_are_read(string encoding)
    {
        var file = ResultsFile.Of(Mixed);
        using var packed = new MemoryStream();
        using (Stream packing = encoding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest) : new GZipStream(packed, CompressionLevel.Fastest))
        {
            packing.Write(file);
        }

        Assert.Equal(
            ResultsFile.Parse(file, () => int.MaxValue).Found,
            ResultsFile.Parse(packed.ToArray(), () => 7, encoding).Found);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"custom_id\":\"x\"}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":null}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":\"succeeded\"}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":[{\"type\":\"succeeded\"}]}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":{\"type\":\"paused\"}}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":{\"type\":7}}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":{\"type\":\"canceled\"")]
    [InlineData("{\"custom_id\":\"x\",\"result\":{\"type\":\"canceled\"}}}")]
    [InlineData("{\"custom_id\":\"x\",\"result\":{\"type\":\"canceled\"}}{\"custom_id\":\"y\"}")]
    [InlineData("[{\"custom_id\":\"x\",\"result\":{\"type\":\"canceled\"}}]")]
    [InlineData("null")]
    [InlineData("\0\0\0")]
    public void A_line_that_is_no_result_is_counted_and_the_others_are_read(string line)
    {
        var (found, parser) = ResultsFile.Parse(ResultsFile.Of(ResultsFile.Succeeded("a"), line, ResultsFile.Expired), () => 11);

        Assert.Equal(2, found.Count(c => c == '\n'));
        Assert.Equal((1, 3), (parser.MalformedLines, parser.Facts.Events));
        Assert.Equal(["malformed_result_line"], parser.Facts.FaultNames);
    }

    [Fact]
    public void Line_ends_of_other_systems_blank_lines_a_mark_and_a_missing_last_end_are_no_faults()
    {
        var text = $"\uFEFF\r\n{ResultsFile.Canceled}\r\n\r\n  \n{ResultsFile.Expired}";

        var (found, parser) = ResultsFile.Parse(Encoding.UTF8.GetBytes(text), () => 1);

        Assert.Equal(2, found.Count(c => c == '\n'));
        Assert.Empty(parser.Facts.FaultNames);
    }

    [Fact]
    public void A_last_line_that_is_cut_is_told_apart()
    {
        var file = ResultsFile.Of(ResultsFile.Canceled, ResultsFile.Succeeded("cut"));

        var (found, parser) = ResultsFile.Parse(file.AsSpan(..^20), () => 100);

        Assert.StartsWith("late Canceled", found, StringComparison.Ordinal);
        Assert.Equal(1, found.Count(c => c == '\n'));
        Assert.Equal(["incomplete_json"], parser.Facts.FaultNames);
    }

    [Fact]
    public void A_failure_of_our_own_costs_one_line()
    {
        var sink = new FailsOnce();
        var parser = new ResultsParser(new ChunkClock(new StoppedTime(), 0), sink);

        parser.Feed(ResultsFile.Of(ResultsFile.Canceled, ResultsFile.Expired, ResultsFile.Errored));
        parser.Complete();

        Assert.Equal((3, 1), (sink.Lines, parser.MalformedLines));
    }

    [Fact]
    public void Lines_of_any_length_take_no_memory()
    {
        var parser = new ResultsParser(new ChunkClock(new StoppedTime(), 0), new FailsOnce());
        var line = Encoding.UTF8.GetBytes(ResultsFile.Succeeded("long", text: "HERE"));
        var cut = line.AsSpan().IndexOf("HERE"u8);
        var filling = new byte[64 * 1024];
        filling.AsSpan().Fill((byte)'x');
        parser.Feed(ResultsFile.Of(ResultsFile.Canceled));

        var allocated = Allocations.Of(() => Long(parser));

        Assert.InRange(allocated, 0, 2_000);
        Assert.Equal((7, 1), (parser.Facts.Events, parser.MalformedLines));

        void Long(ResultsParser to)
        {
            to.Feed(line.AsSpan(..cut));
            for (var i = 0; i < 512; i++)
            {
                to.Feed(filling);
            }

            to.Feed(line.AsSpan(cut..));
            to.Feed("\n"u8);
        }
    }

    private sealed class FailsOnce : IResultSink
    {
        public int Lines { get; private set; }

        public bool Take(ResultLine line, long size) => ++Lines == 1 ? throw new InvalidOperationException() : line.Document.Faults == AnswerFaults.None;
    }
}
