using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks.Sources;
using CostLedger.Records;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>What of an answer came when: its blocks and its silences, in the ledger.</summary>
public sealed class PartsTests
{
    private static readonly string Thinking = Answers.Start.Replace("\"type\":\"text\",\"text\":\"\"", "\"type\":\"thinking\",\"thinking\":\"\"", StringComparison.Ordinal);

    private static readonly string TextBlock = Event("""{"type":"content_block_stop","index":0}""")
        + Event("""{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Blocks_and_silences_are_kept_with_their_times()
    {
        var timing = await TimingOfAsync((200, Thinking), (300, Answers.Delta), (2_500, Answers.Delta), (400, TextBlock), (100, Answers.Delta), (900, Answers.End));

        Assert.Equal(
            [Part("thinking", 200, 3_400), Part(AnswerPart.Silence, 500, 3_000), Part("text", 3_400, 4_400)],
            timing.Parts);
        Assert.Equal(TimeSpan.FromMilliseconds(2_500), timing.LongestGap);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_block_that_is_cut_off_ends_with_the_answer_and_so_does_the_silence_before_it()
    {
        var timing = await TimingOfAsync((100, Answers.Start), (100, Answers.Delta), (7_000, ""));

        Assert.Equal([Part("text", 100, 7_200), Part(AnswerPart.Silence, 200, 7_200)], timing.Parts);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_who_leaves_sees_the_end_of_what_it_read()
    {
        var clock = new HandClock();
        await using var client = new ObservedClient(new PacedAnswer(clock, [(100, Answers.Start), (100, Answers.Delta), (100, Answers.End)]), options => options.TimeProvider = clock);

        using (var response = await client.Http.SendAsync(Answers.NewRequest(new Uri("https://api.anthropic.com/v1/messages")), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[Answers.Start.Length], Token);
        }

        Assert.Equal("text", Assert.Single(client.Row().Timing.Parts).Kind);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_reader_does_between_two_reads_is_no_silence(bool isSynchronous)
    {
        var timing = await TimingOfSlowReaderAsync(isSynchronous, (100, Answers.Start), (2_000, Answers.Delta), (100, Answers.Delta), (100, Answers.End));

        Assert.Equal([Part("text", 100, 32_300), Part(AnswerPart.Silence, 10_100, 12_100)], timing.Parts);
        Assert.Equal(TimeSpan.FromSeconds(12), timing.LongestGap);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_who_reads_no_more_before_it_leaves_is_no_silence(bool isSynchronous)
    {
        var timing = await TimingOfSlowReaderAsync(isSynchronous, (100, Answers.Start), (100, Answers.Delta));

        Assert.Equal([Part("text", 100, 20_200)], timing.Parts);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_not_streamed_has_no_parts()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Empty(client.Row().Timing.Parts);
    }

    private static async Task<CallTiming> TimingOfAsync(params (int AfterMs, string Text)[] chunks)
    {
        var clock = new HandClock();
        await using var client = new ObservedClient(new PacedAnswer(clock, chunks), options => options.TimeProvider = clock);
        using var response = await client.Http.SendAsync(Answers.NewRequest(new Uri("https://api.anthropic.com/v1/messages")), Token);
        return client.Row().Timing;
    }

    // Works ten seconds on each chunk, and does not look for the end.
    private static async Task<CallTiming> TimingOfSlowReaderAsync(bool isSynchronous, params (int AfterMs, string Text)[] chunks)
    {
        var clock = new HandClock();
        await using var client = new ObservedClient(new PacedAnswer(clock, chunks), options => options.TimeProvider = clock);
        using (var response = await client.Http.SendAsync(Answers.NewRequest(new Uri("https://api.anthropic.com/v1/messages")), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            var buffer = new byte[4_096];
            foreach (var chunk in chunks)
            {
                Assert.Equal(Encoding.UTF8.GetByteCount(chunk.Text), isSynchronous ? stream.Read(buffer, 0, buffer.Length) : await stream.ReadAsync(buffer, Token));
                clock.Pass(TimeSpan.FromSeconds(10));
            }
        }

        return client.Row().Timing;
    }

    private static AnswerPart Part(string kind, int start, int end) => new(kind, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end));

    private static string Event(string json) => $"data: {json}\n\n";

    /// <summary>A server that takes its time, by a clock that nobody waits for.</summary>
    private sealed class PacedAnswer(HandClock clock, (int AfterMs, string Text)[] chunks) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new StreamContent(new PacedStream(clock, chunks));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/event-stream");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
        }
    }

    private sealed class PacedStream(HandClock clock, (int AfterMs, string Text)[] chunks) : Stream
    {
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        // Time passes once the reader waits: nothing else that looks at the clock meanwhile may come between.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next == chunks.Length)
            {
                return new ValueTask<int>(0);
            }

            var (after, text) = chunks[_next++];
            return new ValueTask<int>(new AwaitedRead(() =>
            {
                clock.Pass(TimeSpan.FromMilliseconds(after));
                return Encoding.UTF8.GetBytes(text, buffer.Span);
            }), token: 0);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_next == chunks.Length)
            {
                return 0;
            }

            var (after, text) = chunks[_next++];
            clock.Pass(TimeSpan.FromMilliseconds(after));
            return Encoding.UTF8.GetBytes(text, buffer.AsSpan(offset, count));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A read that is done as soon as somebody awaits it, and not before.</summary>
    private sealed class AwaitedRead(Func<int> read) : IValueTaskSource<int>
    {
        private int? _count;

        public ValueTaskSourceStatus GetStatus(short token) => _count is null ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _count = read();
            ThreadPool.QueueUserWorkItem(continuation, state, preferLocal: false);
        }

        public int GetResult(short token) => _count ?? throw new InvalidOperationException("The read is not done.");
    }
}
