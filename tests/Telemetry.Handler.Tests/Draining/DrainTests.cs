using CostLedger.Records;
using Telemetry.Handler.Tests.Handler;
using Testing;
using Xunit;

namespace Telemetry.Handler.Tests.Draining;

public sealed class DrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task What_the_caller_leaves_is_read_on_and_measured()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain());

        await LeaveAsync(client, server.Bedrock);
        Assert.Empty(client.Rows());
        server.GoOn();
        var row = await RowAsync(client);

        Assert.False(server.WasAborted);
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, null), (row.Outcome, row.StreamEnd, row.ErrorType));
        Assert.Equal((CostBasis.Measured, 12, 9, "end_turn"), (row.Cost.Basis, row.Usage?.InputTokens, row.Usage?.OutputTokens, row.StopReason));
        Assert.Equal((PausedServer.FirstLength, PausedServer.RestLength), (row.Transfer.ResponseBytes, row.Transfer.DrainedBytes));
        Assert.Equal((3, 1), (row.Transfer.Events, row.Transfer.ContentBlocks));
        Assert.Null(row.Estimate?.OutputTokens);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancelled_read_is_read_on_and_the_caller_is_told_at_once()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain());
        using var cancel = new CancellationTokenSource();

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Bedrock), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.ReadExactlyAsync(new byte[PausedServer.FirstLength], cancel.Token);
            var read = stream.ReadAsync(new byte[100], cancel.Token);
            await cancel.CancelAsync();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await read);
            Assert.Equal(cancel.Token, error.CancellationToken);
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.ReadExactlyAsync(new byte[100], Token));
        }

        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Canceled, StreamEnd.Canceled), (row.Outcome, row.StreamEnd));
        Assert.Equal((CostBasis.Measured, 9), (row.Cost.Basis, row.Usage?.OutputTokens));
        Assert.Equal((PausedServer.FirstLength, PausedServer.RestLength), (row.Transfer.ResponseBytes, row.Transfer.DrainedBytes));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_response_that_is_disposed_of_unread_is_read_on(bool isOpened)
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain());

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Bedrock), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            _ = isOpened ? await response.Content.ReadAsStreamAsync(Token) : null;
        }

        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CostBasis.Measured, 9, 0), (row.Cost.Basis, row.Usage?.OutputTokens, row.Transfer.ResponseBytes));
        Assert.Equal(PausedServer.FirstLength + PausedServer.RestLength, row.Transfer.DrainedBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_buffered_answer_that_is_cancelled_is_read_on()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain());
        using var cancel = new CancellationTokenSource();

        using (var response = await client.Http.SendAsync(Answers.NewRequest(server.Bedrock), HttpCompletionOption.ResponseHeadersRead, Token))
        {
            var buffering = response.Content.LoadIntoBufferAsync(cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => buffering);
        }

        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Canceled, CostBasis.Measured, 9), (row.Outcome, row.Cost.Basis, row.Usage?.OutputTokens));
        Assert.Equal(PausedServer.FirstLength + PausedServer.RestLength, row.Transfer.ResponseBytes + row.Transfer.DrainedBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_time_is_limited_and_then_the_limit_of_the_request_is_the_bound()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain(new DrainOptions { MaxTime = TimeSpan.FromMilliseconds(20) }));

        await LeaveAsync(client, server.Bedrock);
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Canceled, CostBasis.Estimated, 64), (row.Outcome, row.Cost.Basis, row.Estimate?.OutputTokensHigh));
        Assert.Equal(0, row.Transfer.DrainedBytes);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_bytes_are_limited()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain(new DrainOptions { MaxBytes = 10 }));

        await LeaveAsync(client, server.Bedrock);
        server.Rest = async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Delta);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CostBasis.Estimated, 64), (row.Cost.Basis, row.Estimate?.OutputTokensHigh));
        Assert.InRange(row.Transfer.DrainedBytes ?? 0, 10, PausedServer.RestLength);
    }

    [Fact(Timeout = 60_000)]
    public async Task Beyond_the_most_at_once_an_answer_is_closed_and_estimated()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain(new DrainOptions { MaxConcurrent = 1 }));

        await LeaveAsync(client, server.Bedrock);
        await LeaveAsync(client, server.Bedrock);

        var closed = client.Row();
        Assert.Equal((CostBasis.Estimated, null), (closed.Cost.Basis, closed.Transfer.DrainedBytes));
        server.GoOn();
        while (client.Rows().Count < 2)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Contains(client.Rows(), row => row.Cost.Basis == CostBasis.Measured);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_ends_first_leaves_an_interrupted_call_with_its_bound()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient(configure: Drain());

        await LeaveAsync(client, server.Bedrock);
        await client.Ledger.DisposeAsync();
        await using var next = PatientLedger.Open(client.LedgerPath);
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Interrupted, CostBasis.Estimated, 12, 64), (row.Outcome, row.Cost.Basis, row.Usage?.InputTokens, row.Estimate?.OutputTokensHigh));
        Assert.True(row.Cost.LowerBound == row.Cost.Total && row.Cost.Total < row.Cost.UpperBound);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_breaks_later_is_estimated_and_nobody_is_told()
    {
        await using var server = await PausedServer.StartAsync();
        server.Rest = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var client = new ObservedClient(configure: Drain());

        await LeaveAsync(client, server.Bedrock);
        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, CostBasis.Estimated), (row.Outcome, row.StreamEnd, row.Cost.Basis));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_error_after_the_caller_left_is_not_the_callers()
    {
        await using var server = await PausedServer.StartAsync();
        server.Rest = context => Answers.WriteStreamAsync(context, Answers.Error);
        await using var client = new ObservedClient(configure: Drain());

        await LeaveAsync(client, server.Bedrock);
        server.GoOn();
        var row = await RowAsync(client);

        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, null, 64), (row.Outcome, row.StreamEnd, row.ErrorType, row.Estimate?.OutputTokensHigh));
    }

    [Fact]
    public async Task Only_bedrock_is_read_on_unless_all_providers_are_asked_for()
    {
        await using var server = await PausedServer.StartAsync();
        await using var bedrock = new ObservedClient(configure: Drain());
        await using var all = new ObservedClient(configure: Drain(new DrainOptions { AllProviders = true }));

        await LeaveAsync(bedrock, server.Messages);
        Assert.Equal(CostBasis.Estimated, bedrock.Row().Cost.Basis);

        await LeaveAsync(all, server.Messages);
        Assert.Empty(all.Rows());
        server.GoOn();
        Assert.Equal(CostBasis.Measured, (await RowAsync(all)).Cost.Basis);
    }

    [Fact]
    public async Task Without_the_option_the_connection_closes_with_the_caller()
    {
        await using var server = await PausedServer.StartAsync();
        await using var client = new ObservedClient();

        await LeaveAsync(client, server.Bedrock);

        Assert.Equal((CostBasis.Estimated, 64), (client.Row().Cost.Basis, client.Row().Estimate?.OutputTokensHigh));
    }

    [Fact]
    public async Task An_answer_that_was_read_to_its_last_event_is_not_read_on()
    {
        await using var server = await PausedServer.StartAsync();
        server.Rest = async context =>
        {
            await Answers.WriteStreamAsync(context, Answers.Delta, Answers.End);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        server.GoOn();
        await using var client = new ObservedClient(configure: Drain());

        await LeaveAsync(client, server.Bedrock, PausedServer.FirstLength + PausedServer.RestLength);

        Assert.Equal((CallOutcome.Success, CostBasis.Measured, null), (client.Row().Outcome, client.Row().Cost.Basis, client.Row().Transfer.DrainedBytes));
    }

    [Theory]
    [InlineData("DrainAbandonedStreams.MaxTime", 0, 1, 1)]
    [InlineData("DrainAbandonedStreams.MaxTime", 7_200, 1, 1)]
    [InlineData("DrainAbandonedStreams.MaxBytes", 1, 0, 1)]
    [InlineData("DrainAbandonedStreams.MaxConcurrent", 1, 1, 0)]
    public void Limits_that_make_no_sense_are_named(string name, int seconds, long bytes, int concurrent)
    {
        var options = new MessagesTelemetryOptions
        {
            WriteToLedger = false,
            DrainAbandonedStreams = new DrainOptions { MaxTime = TimeSpan.FromSeconds(seconds), MaxBytes = bytes, MaxConcurrent = concurrent },
        };

        var error = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(options));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static Action<MessagesTelemetryOptions> Drain(DrainOptions? limits = null) =>
        options => options.DrainAbandonedStreams = limits ?? new DrainOptions();

    private static async Task LeaveAsync(ObservedClient client, Uri uri, int? after = null)
    {
        using var response = await client.Http.SendAsync(Answers.NewRequest(uri), HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        await stream.ReadExactlyAsync(new byte[after ?? PausedServer.FirstLength], Token);
    }

    private static async Task<CallRecord> RowAsync(ObservedClient client)
    {
        while (client.Rows().Count == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return client.Row();
    }
}
