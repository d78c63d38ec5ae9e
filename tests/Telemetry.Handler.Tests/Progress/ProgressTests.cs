using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Tests.EventStreams;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Messages;
using Telemetry.Handler.Tokens;
using Xunit;

namespace Telemetry.Handler.Tests.Progress;

public sealed class ProgressTests
{
    private readonly StoppedTime _time = new();
    private readonly List<CallProgress> _told = [];
    private int _port;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task It_is_told_at_the_start_then_once_an_interval_and_when_the_figures_are_known()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = Client();
        using var response = await SendAsync(client, server);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        Assert.Equal((442, 0), (_told.Single().InputTokens, _told.Single().OutputTokens));
        await server.PassAsync(stream, PartsServer.Text("one two three "));
        Assert.Single(_told);
        _time.Ticks += TimeSpan.FromMilliseconds(250).Ticks;
        await server.PassAsync(stream, PartsServer.Text("four five"));
        await server.PassAsync(stream, PartsServer.Text(" six"));
        Assert.Equal(2, _told.Count);
        _time.Ticks += TimeSpan.FromMilliseconds(249).Ticks;
        await server.PassAsync(stream, PartsServer.Text(" seven"));
        Assert.Equal(2, _told.Count);
        await server.PassAsync(stream, Answers.End);
        server.End();
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Token));

        // Words of o200k_base, times the factor of the newer models, and what a message has beside them.
        Assert.Equal((long)Math.Ceiling((5 * 1.46) + 3), _told[1].OutputTokens);
        Assert.Equal([false, false, true], _told.Select(p => p.IsMeasured));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(499)], _told.Select(p => p.Elapsed));
        Assert.All(_told, p => Assert.Equal("claude-opus-5", p.Model));
        var row = client.Row();
        Assert.Equal((row.Id, 9, row.Cost.Total, 442), (_told[2].Id, _told[2].OutputTokens, _told[2].Cost, _told[2].InputTokens));
        Assert.True(_told[0].Cost > NanoUsd.Zero && _told[0].Cost < _told[1].Cost);
        Assert.Equal((CallOutcome.Success, CostBasis.Measured), (row.Outcome, row.Cost.Basis));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_is_not_told_again_while_nothing_new_comes()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = Client();
        using var response = await SendAsync(client, server);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        for (var i = 0; i < 3; i++)
        {
            _time.Ticks += TimeSpan.TicksPerSecond;
            await server.PassAsync(stream, "event: ping\ndata: {\"type\": \"ping\"}\n\n");
        }

        Assert.Single(_told);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_callback_that_throws_is_counted_and_disturbs_nothing()
    {
        var before = OwnFailures.At("progress callback");
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient(configure: o => o.OnProgress = _ => throw new InvalidOperationException());

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(Answers.Stream, await response.Content.ReadAsStringAsync(Token));
        Assert.True(OwnFailures.At("progress callback") > before);
        Assert.Equal((CallOutcome.Success, 9), (client.Row().Outcome, client.Row().Usage?.OutputTokens));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_callback_may_dispose_of_the_response()
    {
        await using var server = await PartsServer.StartAsync();
        HttpResponseMessage? mine = null;
        await using var client = new ObservedClient(configure: o => o.OnProgress = _ => mine?.Dispose());
        mine = await SendAsync(client, server);
        await using var stream = await mine.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        await server.Aborted.WaitAsync(Token);

        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, null), (client.Row().Outcome, client.Row().StreamEnd, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_that_comes_whole_has_no_progress()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = Client();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(Answers.Body, await response.Content.ReadAsStringAsync(Token));
        Assert.Empty(_told);
        Assert.Equal(CostBasis.Measured, client.Row().Cost.Basis);
    }

    [Fact(Timeout = 60_000)]
    public async Task Bedrocks_event_streams_have_progress_too()
    {
        await using var server = await PartsServer.StartAsync("application/vnd.amazon.eventstream");
        await using var client = Client(o => o.ProgressInterval = TimeSpan.Zero);
        var uri = new Uri(server.Address, "/model/us.anthropic.claude-opus-4-7/converse-stream");
        using var response = await client.Http.SendAsync(Answers.NewRequest(uri), HttpCompletionOption.ResponseHeadersRead, Token);
        var frames = Frames.Join(
            Frames.Event("messageStart", """{"role":"assistant"}"""),
            Frames.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"one two three"}}"""));
        server.Send(frames);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        await stream.ReadExactlyAsync(new byte[frames.Length], Token);

        // Converse tells its usage at the end; until then the input is estimated from the request.
        var counted = TokenCounter.O200kBase.Count("one two three"u8);
        Assert.Equal((long)Math.Ceiling((counted * 1.46) + 3), _told[^1].OutputTokens);
        Assert.True(_told[^1].InputTokens > 0);

        server.Send(Frames.Join(
            Frames.Event("messageStop", """{"stopReason":"end_turn"}"""),
            Frames.Event("metadata", """{"usage":{"inputTokens":5,"outputTokens":7,"totalTokens":12},"metrics":{"latencyMs":10}}""")));
        server.End();
        await stream.CopyToAsync(Stream.Null, Token);

        Assert.Equal((true, 5, 7, client.Row().Cost.Total), (_told[^1].IsMeasured, _told[^1].InputTokens, _told[^1].OutputTokens, _told[^1].Cost));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_live_span_shows_it_and_at_the_end_only_what_was_measured()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Telemetry.Handler",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span =>
            {
                if (span.GetTagItem("server.port") is int port && port == _port)
                {
                    spans.Add(span);
                }
            },
        };
        await using var server = await PartsServer.StartAsync();
        _port = server.Address.Port;
        ActivitySource.AddActivityListener(listener);
        await using var client = Client();
        using var response = await SendAsync(client, server);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        _time.Ticks += TimeSpan.TicksPerSecond;
        await server.PassAsync(stream, PartsServer.Text("one two three "));
        var span = Assert.Single(spans);
        Assert.Equal(_told[^1].OutputTokens, span.GetTagItem("costledger.estimate.output_tokens"));
        Assert.Equal(_told[^1].Cost?.ToDouble(), span.GetTagItem("costledger.cost.amount"));
        Assert.Equal((true, "estimated"), (span.GetTagItem("costledger.usage.partial"), span.GetTagItem("costledger.cost.basis")));
        Assert.False(span.IsStopped);
        await server.PassAsync(stream, Answers.End);
        server.End();
        await stream.CopyToAsync(Stream.Null, Token);

        Assert.True(span.IsStopped);
        Assert.Null(span.GetTagItem("costledger.estimate.output_tokens"));
        Assert.Null(span.GetTagItem("costledger.usage.partial"));
        Assert.Equal("measured", span.GetTagItem("costledger.cost.basis"));
        Assert.Equal(client.Row().Cost.Total?.ToDouble(), span.GetTagItem("costledger.cost.amount"));
    }

    [Theory]
    [InlineData(-1, 0, "ProgressInterval")]
    [InlineData(0, -1, "MaxCostPerCall")]
    public void Negative_options_are_refused(int interval, int cost, string named)
    {
        var options = new MessagesTelemetryOptions
        {
            WriteToLedger = false,
            ProgressInterval = TimeSpan.FromSeconds(interval),
            MaxCostPerCall = new NanoUsd(cost),
        };

        Assert.Contains(named, Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(options)).Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(ObservedClient client, PartsServer server) =>
        client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token);

    private ObservedClient Client(Action<MessagesTelemetryOptions>? configure = null) => new(configure: options =>
    {
        options.OnProgress = _told.Add;
        options.TimeProvider = _time;
        configure?.Invoke(options);
    });
}
