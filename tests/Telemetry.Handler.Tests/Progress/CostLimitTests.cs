using CostLedger.Records;
using Telemetry.Handler.Progress;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Progress;

[Collection(Tracing.Name)]
public sealed class CostLimitTests
{
    private const string Words = "some words of an answer that goes on and on and on";

    // The input of the answers costs about 0.5 mills, and each token of output 0.025.
    private static readonly NanoUsd Little = new(1_500_000);
    private static readonly NanoUsd Plenty = new(1_000_000_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_stream_is_stopped_at_the_cost_and_the_next_read_says_so()
    {
        using var sinks = new Sinks();
        await using var server = await PartsServer.StartAsync();
        var told = new List<CallProgress>();
        await using var client = new ObservedClient(configure: o => (o.MaxCostPerCall, o.OnProgress, o.LoggerFactory) = (Little, told.Add, sinks));
        using var response = await SendAsync(client, server);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        var parts = 0;
        var error = await Assert.ThrowsAsync<CostLimitExceededException>(async () =>
        {
            for (; parts < 100; parts++)
            {
                await server.PassAsync(stream, PartsServer.Text(Words));
            }
        });

        Assert.InRange(parts, 2, 20);
        Assert.Equal(Little, error.Limit);
        Assert.True(error.Progress.Cost > Little && error.Progress.Cost < new NanoUsd(2 * Little.Value));
        Assert.Equal(told[^1], error.Progress);
        Assert.Contains("MaxCostPerCall", error.Message, StringComparison.Ordinal);
        var row = client.Row();
        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, "cost_limit"), (row.Outcome, row.StreamEnd, row.ErrorType));
        Assert.Equal((CostBasis.Estimated, "o200k_base", error.Progress.OutputTokens), (row.Cost.Basis, row.Estimate?.Tokenizer, row.Estimate?.OutputTokens));
        Assert.Equal(error.Progress.Cost, row.Cost.Total);
        Assert.True(row.Cost.LowerBound < row.Cost.Total && row.Cost.Total < row.Cost.UpperBound);
        Assert.Contains("costledger.budget.exceeded An answer of claude-opus-5 was stopped", sinks.Told, StringComparison.Ordinal);
        Assert.Contains("costledger.stream.cost_limit_stops", sinks.Told, StringComparison.Ordinal);
        await ThrowsAsync(stream);
        Assert.Throws<CostLimitExceededException>(() => stream.ReadByte());
    }

    [Fact(Timeout = 60_000)]
    public async Task The_input_alone_can_be_too_much()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        using var response = await SendAsync(client, server);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        await server.Aborted.WaitAsync(Token);
        Assert.Empty(client.Rows());
        var error = await ThrowsAsync(stream);

        Assert.Equal((442, 0), (error.Progress.InputTokens, error.Progress.OutputTokens));
        Assert.Equal("cost_limit", client.Row().ErrorType);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_synchronous_read_throws_it_too()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        using var response = await SendAsync(client, server);
        server.Send(Answers.Start);
        using var stream = response.Content.ReadAsStream(Token);

        var read = 0;
        var error = Assert.Throws<CostLimitExceededException>(() => ReadAll(stream, ref read));

        Assert.InRange(read, 1, Answers.Start.Length);
        Assert.Equal((NanoUsd.Zero, "cost_limit"), (error.Limit, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_buffered_send_throws_it_as_it_is_so_that_nobody_tries_again()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        server.Send(Answers.Start);

        await Assert.ThrowsAsync<CostLimitExceededException>(() => client.Http.SendAsync(Answers.NewRequest(server.Messages), Token));

        Assert.Equal((CallOutcome.Canceled, "cost_limit"), (client.Row().Outcome, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_caller_that_leaves_instead_of_reading_on_has_the_same_record()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        using (var response = await SendAsync(client, server))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await server.PassAsync(stream, Answers.Start);
        }

        Assert.Equal((CallOutcome.Canceled, StreamEnd.Disposed, "cost_limit"), (client.Row().Outcome, client.Row().StreamEnd, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_written_already_is_not_stopped()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        server.Send(Answers.Stream);
        server.End();

        using var response = await SendAsync(client, server);
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(Answers.Stream, text);
        Assert.Equal((CallOutcome.Success, CostBasis.Measured), (client.Row().Outcome, client.Row().Cost.Basis));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null, null, null, false)]
    [InlineData(0L, null, null, true)]
    [InlineData(0L, 1_000_000_000L, null, false)]
    [InlineData(null, 0L, null, true)]
    [InlineData(1_000_000_000L, 0L, null, true)]
    [InlineData(null, 0L, 1_000_000_000L, false)]
    [InlineData(0L, 1_000_000_000L, 0L, true)]
    public async Task The_requests_limit_goes_before_the_scopes_and_that_before_the_handlers(long? handlers, long? scopes, long? requests, bool stops)
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = Of(handlers));
        using var outer = CallContext.Begin(session: "s", maxCostPerCall: Of(scopes));
        using var inner = CallContext.Begin(conversation: "c");
        using var request = Answers.NewRequest(server.Messages);
        if (Of(requests) is { } limit)
        {
            request.Options.Set(MessagesRequestOptions.MaxCost, limit);
        }

        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        await server.PassAsync(stream, Answers.Start);
        server.Send(Answers.Delta + Answers.End);
        server.End();
        var error = await Record.ExceptionAsync(() => stream.CopyToAsync(Stream.Null, Token));

        Assert.Equal(stops, error is CostLimitExceededException);
        Assert.Equal(("s", "c", stops ? "cost_limit" : null), (client.Row().Labels.Session, client.Row().Labels.Conversation, client.Row().ErrorType));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_model_without_a_price_is_not_stopped()
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o => o.MaxCostPerCall = NanoUsd.Zero);
        server.Send(Answers.Stream.Replace("claude-opus-5", "another-model", StringComparison.Ordinal));
        server.End();
        using var request = Answers.NewRequest(server.Messages);
        request.Content = new StringContent(Answers.Request.Replace("claude-opus-5", "another-model", StringComparison.Ordinal));

        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await response.Content.CopyToAsync(Stream.Null, Token);

        Assert.Equal((CallOutcome.Success, CostBasis.Unpriced), (client.Row().Outcome, client.Row().Cost.Basis));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/v1/messages", true)]
    [InlineData("/model/us.anthropic.claude-opus-5-v1%3A0/invoke-with-response-stream", false)]
    public async Task What_was_stopped_is_read_on_only_where_it_is_billed_anyway(string path, bool isClosed)
    {
        await using var server = await PartsServer.StartAsync();
        await using var client = new ObservedClient(configure: o =>
            (o.MaxCostPerCall, o.DrainAbandonedStreams) = (NanoUsd.Zero, new DrainOptions { AllProviders = true }));
        using var response = await client.Http.SendAsync(
            Answers.NewRequest(new Uri(server.Address, path)), HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        await server.PassAsync(stream, Answers.Start);
        await ThrowsAsync(stream);
        if (isClosed)
        {
            await server.Aborted.WaitAsync(Token);
        }
        else
        {
            server.Send(Answers.Delta + Answers.End);
            server.End();
            while (client.Rows().Count == 0)
            {
                Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        var row = client.Row();
        Assert.Equal((CallOutcome.Canceled, "cost_limit"), (row.Outcome, row.ErrorType));
        Assert.Equal(isClosed ? CostBasis.Estimated : CostBasis.Measured, row.Cost.Basis);
    }

    private static NanoUsd? Of(long? value) => value is { } known ? new NanoUsd(known) : null;

    private static Task<HttpResponseMessage> SendAsync(ObservedClient client, PartsServer server) =>
        client.Http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token);

    private static void ReadAll(Stream stream, ref int read)
    {
        for (var last = -1; last != 0; read += last)
        {
            last = stream.Read(new byte[100]);
        }
    }

    private static Task<CostLimitExceededException> ThrowsAsync(Stream stream) =>
        Assert.ThrowsAsync<CostLimitExceededException>(() => stream.ReadExactlyAsync(new byte[1], Token).AsTask());
}
