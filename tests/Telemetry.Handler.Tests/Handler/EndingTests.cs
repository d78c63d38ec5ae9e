using System.Text;
using CostLedger.Records;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class EndingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_event_is_an_error_though_the_status_was_200()
    {
        var row = await RowOfAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta, Answers.Error));

        Assert.Equal((CallOutcome.Error, StreamEnd.ErrorEvent, "overloaded_error", 200), (row.Outcome, row.StreamEnd, row.ErrorType, row.HttpStatus));
        Assert.Equal(12, row.Usage?.InputTokens);
        Assert.Null(row.Usage?.OutputTokens);
        Assert.Equal(CostBasis.Estimated, row.Cost.Basis);
        Assert.True(row.Cost.LowerBound <= row.Cost.Total && row.Cost.Total <= row.Cost.UpperBound);
    }

    [Fact]
    public async Task A_stream_that_just_stops_is_truncated()
    {
        var row = await RowOfAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta));

        Assert.Equal((CallOutcome.Truncated, StreamEnd.EofWithoutStop, "stream_truncated"), (row.Outcome, row.StreamEnd, row.ErrorType));
        Assert.InRange(row.Estimate?.OutputTokens ?? 0, 1, 60);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_fault_and_the_callers_exception_is_its_own()
    {
        var hasRead = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta);
            await hasRead.Task;
            context.Abort();
        });
        await using var client = new ObservedClient();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token);
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[Answers.Start.Length], Token);
            hasRead.SetResult();
            await stream.CopyToAsync(Stream.Null, Token);
        });

        var row = client.Row();
        Assert.Equal((CallOutcome.Error, StreamEnd.Faulted, "connection_error"), (row.Outcome, row.StreamEnd, row.ErrorType));
    }

    [Fact]
    public async Task Stopping_early_is_seen_by_the_server_at_once_and_estimated()
    {
        var gone = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta);
            context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        await using var client = new ObservedClient();

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[Encoding.UTF8.GetByteCount(Answers.Start + Answers.Delta)], Token);
        }

        await gone.Task.WaitAsync(Token);
        var row = client.Row();
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed), (row.Outcome, row.StreamEnd));
        Assert.Equal(CostBasis.Estimated, row.Cost.Basis);
        Assert.Null(row.ErrorType);
    }

    [Fact]
    public async Task A_cancelled_read_is_cancelled_not_an_error()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Start);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var client = new ObservedClient();
        using var cancel = new CancellationTokenSource();

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[Answers.Start.Length], Token);
            var read = stream.ReadAsync(new byte[10], cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
        }

        var row = client.Row();
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Canceled), (row.Outcome, row.StreamEnd));
    }

    [Fact]
    public async Task A_call_cancelled_before_the_answer_has_a_row()
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
        Assert.Equal(CallOutcome.Canceled, row.Outcome);
        Assert.Null(row.HttpStatus);
    }

    [Fact]
    public async Task A_refused_connection_is_a_connection_error()
    {
        await using var client = new ObservedClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(Answers.NewRequest(new Uri("http://127.0.0.1:1/v1/messages")), Token));

        var row = client.Row();
        Assert.Equal((CallOutcome.Error, "connection_error"), (row.Outcome, row.ErrorType));
    }

    [Theory]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_9"}""", "overloaded_error")]
    [InlineData(400, """{"error":{"message":"x","type":"invalid_request_error"},"type":"error"}""", "invalid_request_error")]
    [InlineData(503, "upstream connect error or disconnect/reset before headers", "503")]
    [InlineData(502, "<html><body>Bad gateway</body></html>", "502")]
    [InlineData(500, "", "500")]
    [InlineData(413, "{\"type\":", "413")]
    public async Task An_error_status_is_unbilled_and_named(int status, string body, string errorType)
    {
        var row = await RowOfAsync(context => Answers.WriteBodyAsync(context, body, status));

        Assert.Equal((CallOutcome.Error, errorType, status), (row.Outcome, row.ErrorType, row.HttpStatus));
        Assert.Equal((CostBasis.Unbilled, NanoUsd.Zero), (row.Cost.Basis, row.Cost.Total));
    }

    [Fact]
    public async Task Counting_tokens_is_recorded_and_free()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, """{"input_tokens":2095}"""));
        await using var client = new ObservedClient();

        await client.Http.PostAsync(new Uri(server.Address, "/v1/messages/count_tokens"), new StringContent(Answers.Request), Token);

        var row = client.Row();
        Assert.Equal((Operation.CountTokens, CostBasis.Unbilled, 2095), (row.Operation, row.Cost.Basis, row.Usage?.InputTokens));
    }

    [Fact]
    public async Task An_empty_answer_that_nobody_reads_has_a_row()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 529;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        await using var client = new ObservedClient();

        _ = await client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal("529", client.Row().ErrorType);
    }

    [Fact]
    public async Task A_wall_clock_that_goes_backwards_changes_no_duration()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Start, Answers.Delta, Answers.End));
        await using var client = new ObservedClient(configure: options => options.TimeProvider = new BackwardClock());

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        var timing = client.Row().Timing;
        Assert.True(timing.Headers > TimeSpan.Zero && timing.FirstEvent >= timing.Headers && timing.FirstContent >= timing.FirstEvent);
        Assert.InRange(timing.Total, timing.FirstContent!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_redirect_is_no_answer()
    {
        using var inner = new SocketsHttpHandler { AllowAutoRedirect = false };
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var client = new ObservedClient(inner);

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal((CallOutcome.Error, "302"), (client.Row().Outcome, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_response_that_is_dropped_unread_has_a_row_once_it_is_collected()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();

        // The runtime may hold on to the last one in a cached state machine.
        for (var i = 0; i < 5; i++)
        {
            await DropAsync(client, server.Messages);
        }

        while (client.Rows().Count == 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.All(client.Rows(), row => Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed), (row.Outcome, row.StreamEnd)));
    }

    private static async Task DropAsync(ObservedClient client, Uri uri) =>
        _ = await client.Http.SendAsync(Answers.NewRequest(uri), HttpCompletionOption.ResponseHeadersRead, Token);

    private static async Task<CallRecord> RowOfAsync(RequestDelegate answer)
    {
        await using var server = await LoopbackServer.StartAsync(answer);
        await using var client = new ObservedClient();
        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        await response.Content.ReadAsStringAsync(Token);
        return client.Row();
    }

    private sealed class BackwardClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(20_000).AddHours(-Interlocked.Increment(ref _asked));
    }
}
