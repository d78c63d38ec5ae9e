using System.Net.Sockets;
using System.Text;
using CostLedger.Records;
using CostLedger.Records.Errors;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

/// <summary>What each kind of ending costs, through the whole handler. The table in docs/pricing.md says the same.</summary>
public sealed class EndingCostTests
{
    private const string Refused = """
        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"CATEGORY"}},"usage":{"output_tokens":TOKENS}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private const string Declined = """
        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":12,"output_tokens":9,"iterations":[{"type":"message","input_tokens":12,"output_tokens":0},{"type":"fallback_message","model":"claude-opus-4-8","input_tokens":12,"output_tokens":9}]}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private const string OnlyStart = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5","content":[],"usage":{"input_tokens":12,"output_tokens":1}}}


        """;

    private const string Uncounted = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5","content":[]}}


        """;

    private static readonly string Untold = Answers.End.Replace(""","usage":{"output_tokens":9}""", "", StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[], CallOutcome, StreamEnd?, CostBasis, string[]> Streams => new()
    {
        { "whole", [Answers.Stream], CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Measured, [] },
        { "whole without its output", [Answers.Start, Answers.Delta, Untold], CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Estimated, [CostMarks.OutputEstimated] },
        { "whole without its input", [Uncounted, Answers.Delta, Answers.End], CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Estimated, [CostMarks.InputUnknown] },
        { "refused before output, free", [OnlyStart, Refusal("cyber", 0)], CallOutcome.Refused, StreamEnd.MessageStop, CostBasis.Unbilled, [CostMarks.RefusalUnbilled] },
        { "refused before output, billed", [OnlyStart, Refusal("bio", 0)], CallOutcome.Refused, StreamEnd.MessageStop, CostBasis.Measured, [] },
        { "refused before output, new category", [OnlyStart, Refusal("new", 0)], CallOutcome.Refused, StreamEnd.MessageStop, CostBasis.Estimated, [CostMarks.RefusalBillingUnknown] },
        { "refused after output", [Answers.Start, Answers.Delta, Refusal("cyber", 5)], CallOutcome.Refused, StreamEnd.MessageStop, CostBasis.Measured, [] },
        { "fallback after a declined hop", [OnlyStart, Declined], CallOutcome.Success, StreamEnd.MessageStop, CostBasis.Measured, [CostMarks.DeclinedFallbackUnbilled] },
        { "error event first", [Answers.Error], CallOutcome.Error, StreamEnd.ErrorEvent, CostBasis.Estimated, [CostMarks.InputUnknown] },
        { "error event later", [Answers.Start, Answers.Delta, Answers.Error], CallOutcome.Error, StreamEnd.ErrorEvent, CostBasis.Estimated, [CostMarks.OutputEstimated] },
        { "ended before anything", [], CallOutcome.Truncated, StreamEnd.EofWithoutStop, CostBasis.Estimated, [CostMarks.InputUnknown, CostMarks.OutputEstimated] },
        { "ended before its output", [Answers.Start, Answers.Delta], CallOutcome.Truncated, StreamEnd.EofWithoutStop, CostBasis.Estimated, [CostMarks.OutputEstimated] },
        { "ended after its output", [Answers.Start, Answers.Delta, DeltaOf(Answers.End)], CallOutcome.Truncated, StreamEnd.EofWithoutStop, CostBasis.Measured, [] },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_costs_what_its_ending_says(string name, string[] parts, CallOutcome outcome, StreamEnd? end, CostBasis basis, string[] marks)
    {
        var (row, seen) = await RowOfAsync(context => Answers.WriteStreamAsync(context, parts));

        Assert.Equal(string.Concat(parts), seen);
        Assert.Equal((name, outcome, end, basis), (name, row.Outcome, row.StreamEnd, row.Cost.Basis));
        Assert.Equal(marks, row.Cost.Marks);
        if (basis == CostBasis.Estimated)
        {
            Assert.True(row.Cost.LowerBound <= row.Cost.Total && row.Cost.Total <= row.Cost.UpperBound);
        }
    }

    [Fact]
    public async Task What_a_whole_answer_did_not_tell_of_its_output_is_estimated_from_all_of_it()
    {
        var (row, _) = await RowOfAsync(context => Answers.WriteStreamAsync(context, [Answers.Start, .. Enumerable.Repeat(Answers.Delta, 8), Untold]));

        Assert.InRange(row.Estimate?.OutputTokens ?? 0, 40, 64);
        Assert.Equal(64, row.Estimate?.OutputTokensHigh);
        Assert.True(row.Cost.ByClass?.Output > NanoUsd.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"id":"msg_2","type":"message","role":"assistant","model":"claude-opus-5","content":[{"type":"text","text":"Hello the""")]
    public async Task A_body_that_breaks_off_is_bounded_by_the_requests_limit(string body)
    {
        var (row, seen) = await RowOfAsync(context => Answers.WriteBodyAsync(context, body));

        Assert.Equal(body, seen);
        Assert.Equal((CallOutcome.Truncated, StreamEnd.EofWithoutStop, "stream_truncated"), (row.Outcome, row.StreamEnd, row.ErrorType));
        Assert.Equal((CostBasis.Estimated, NanoUsd.Zero, 64), (row.Cost.Basis, row.Cost.LowerBound, row.Estimate?.OutputTokensHigh));
        Assert.Contains(CostMarks.InputUnknown, row.Cost.Marks);
        Assert.NotNull(row.Cost.UpperBound);
    }

    [Fact]
    public async Task A_body_that_breaks_off_after_its_usage_is_measured()
    {
        const string Body = """{"model":"claude-opus-5","usage":{"input_tokens":7,"output_tokens":3},"content":[{"type":"text","te""";

        var (row, _) = await RowOfAsync(context => Answers.WriteBodyAsync(context, Body));

        Assert.Equal((CallOutcome.Truncated, CostBasis.Measured), (row.Outcome, row.Cost.Basis));
    }

    public static TheoryData<SocketError> Unreachable => [SocketError.ConnectionRefused, SocketError.HostNotFound, SocketError.NetworkUnreachable];

    [Theory]
    [MemberData(nameof(Unreachable))]
    public async Task Where_no_connection_can_be_made_nothing_is_billed(SocketError error)
    {
        using var inner = new SocketsHttpHandler { ConnectCallback = (_, _) => throw new SocketException((int)error) };
        await using var client = new ObservedClient(inner);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(Answers.NewRequest(new Uri("http://api.test/v1/messages")), Token));

        AssertNeverSent(client.Row());
    }

    [Fact]
    public async Task A_failed_handshake_is_not_billed()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();
        var uri = new UriBuilder(server.Messages) { Scheme = "https" }.Uri;

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(Answers.NewRequest(uri), Token));

        AssertNeverSent(client.Row());
    }

    [Fact]
    public async Task A_connection_that_is_reset_after_sending_may_have_been_billed()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        });
        await using var client = new ObservedClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(Answers.NewRequest(server.Messages), Token));

        var row = client.Row();
        Assert.Equal((CallOutcome.Error, "connection_error", ErrorCategory.Network), (row.Outcome, row.ErrorType, ErrorCategories.Of(row)));
        Assert.Equal((CostBasis.Estimated, NanoUsd.Zero, NanoUsd.Zero), (row.Cost.Basis, row.Cost.Total, row.Cost.LowerBound));
        Assert.Equal(MostOfTheRequest, row.Cost.UpperBound);
        Assert.Equal([CostMarks.InputUnknown], row.Cost.Marks);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_its_answer_is_estimated_from_its_request()
    {
        var arrived = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var client = new ObservedClient();
        using var cancel = new CancellationTokenSource();

        var send = client.Http.SendAsync(Answers.NewRequest(server.Messages), cancel.Token);
        await arrived.Task.WaitAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);

        var row = client.Row();
        Assert.Equal((CallOutcome.Canceled, null, ErrorCategory.Canceled), (row.Outcome, row.ErrorType, ErrorCategories.Of(row)));
        Assert.Equal((CostBasis.Estimated, NanoUsd.Zero, MostOfTheRequest), (row.Cost.Basis, row.Cost.LowerBound, row.Cost.UpperBound));
        Assert.InRange(row.Estimate?.InputTokens ?? 0, 4, 20);
        Assert.Contains(CostMarks.InputUnknown, row.Cost.Marks);
    }

    [Fact]
    public async Task A_time_limit_below_the_handler_is_a_timeout_that_may_have_been_billed()
    {
        using var inner = new FailingHandler(new TaskCanceledException("late", new TimeoutException()));
        await using var client = new ObservedClient(inner);

        await Assert.ThrowsAsync<TaskCanceledException>(() => client.Http.SendAsync(Answers.NewRequest(new Uri("http://api.test/v1/messages")), Token));

        var row = client.Row();
        Assert.Equal((CallOutcome.Timeout, "client_timeout_error", ErrorCategory.Timeout), (row.Outcome, row.ErrorType, ErrorCategories.Of(row)));
        Assert.Equal((CostBasis.Estimated, NanoUsd.Zero, MostOfTheRequest), (row.Cost.Basis, row.Cost.LowerBound, row.Cost.UpperBound));
    }

    // Each byte of the request a token, and what is put before tools, written to the cache for an hour; and all of the output.
    private static NanoUsd MostOfTheRequest
    {
        get
        {
            var input = Math.Round((Encoding.UTF8.GetByteCount(Answers.Request) + 1_024) * 10m * 1.1m / 1_000_000, 9);
            var output = Math.Round(64 * 25m * 1.1m / 1_000_000, 9);
            return new NanoUsd((long)((input + output) * 1_000_000_000));
        }
    }

    private static string Refusal(string category, int tokens) =>
        Refused.Replace("CATEGORY", category, StringComparison.Ordinal).Replace("TOKENS", $"{tokens}", StringComparison.Ordinal);

    private static string DeltaOf(string end) => end[..end.IndexOf("event: message_stop", StringComparison.Ordinal)];

    private static void AssertNeverSent(CallRecord row)
    {
        Assert.Equal((CallOutcome.Error, "connection_error", ErrorCategory.Network), (row.Outcome, row.ErrorType, ErrorCategories.Of(row)));
        Assert.Equal((CostBasis.Unbilled, NanoUsd.Zero), (row.Cost.Basis, row.Cost.Total));
        Assert.Equal([CostMarks.NotSent], row.Cost.Marks);
    }

    private static async Task<(CallRecord Row, string Seen)> RowOfAsync(RequestDelegate answer)
    {
        await using var server = await LoopbackServer.StartAsync(answer);
        await using var client = new ObservedClient(configure: options => options.TimeProvider = new AutumnClock());
        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        var seen = await response.Content.ReadAsStringAsync(Token);
        return (client.Row(), seen);
    }

    /// <summary>A day on which the later rules for refusals hold.</summary>
    private sealed class AutumnClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    }

    private sealed class FailingHandler(Exception error) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(error);
    }
}
