using System.Net;
using System.Net.Sockets;
using System.Text;
using CostLedger.Records;
using CostLedger.Records.Errors;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class OddAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Informational_answers_before_the_final_one_change_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        await using var client = new ObservedClient();
        var uri = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/messages");

        using var response = await client.Http.SendAsync(Answers.NewRequest(uri), Token);

        Assert.Equal(Answers.Body, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal((200, CallOutcome.Success, 3), (client.Row().HttpStatus, client.Row().Outcome, client.Row().Usage?.OutputTokens));
        await serving;
    }

    [Fact]
    public async Task A_page_instead_of_an_answer_passes_and_its_cost_is_unknown()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.Body.WriteAsync("<html>\0 Please log in"u8.ToArray());
        });
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal("<html>\0 Please log in", await response.Content.ReadAsStringAsync(Token));
        Assert.Null(client.Row().Usage);
        AssertMostLikelyFree(client.Row(), "no_message");
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"},"request_id":"req_9"}""", "rate_limit_error")]
    [InlineData("""{"error":{"type":"overloaded_error","message":"Busy"}}""", "overloaded_error")]
    [InlineData("""[{"error":{"type":"api_error","message":"No"}}]""", "api_error")]
    [InlineData("""{"type":"error"}""", "client_error")]
    [InlineData("{}", "no_message")]
    [InlineData("""{"status":"ok"}""", "no_message")]
    public async Task A_good_status_makes_no_success_of_what_is_no_message(string body, string error)
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, body));
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(body, await response.Content.ReadAsStringAsync(Token));
        AssertMostLikelyFree(client.Row(), error);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"Hi"}]}""")]
    [InlineData("""{"type":"message","id":"msg_1"}""")]
    [InlineData("""{"completion":"Hi","stop_reason":"stop_sequence"}""")]
    public async Task A_message_without_usage_is_a_success_without_a_price(string body)
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, body));
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal((CallOutcome.Success, null, CostBasis.Unpriced), (client.Row().Outcome, client.Row().ErrorType, client.Row().Cost.Basis));
    }

    [Fact]
    public async Task A_whole_answer_in_an_unknown_compression_is_no_failure_and_has_no_price()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "zstd";
            return Answers.WriteBodyAsync(context, "(\u00b5/\u00fd$ not to be read");
        });
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        await response.Content.ReadAsByteArrayAsync(Token);

        var row = client.Row();
        Assert.Equal((CallOutcome.Success, null, null, CostBasis.Unpriced), (row.Outcome, row.StreamEnd, row.ErrorType, row.Cost.Basis));
        Assert.Equal("unsupported_encoding", Assert.Single(row.Faults));
        Assert.Null(ErrorCategories.Of(row));
    }

    private static void AssertMostLikelyFree(CallRecord row, string error)
    {
        Assert.Equal((200, CallOutcome.Error, error), (row.HttpStatus, row.Outcome, row.ErrorType));
        Assert.Equal((CostBasis.Estimated, NanoUsd.Zero, NanoUsd.Zero), (row.Cost.Basis, row.Cost.Total, row.Cost.LowerBound));
        Assert.True(row.Cost.UpperBound > NanoUsd.Zero);
    }

    [Theory]
    [InlineData("{\"usage\":{\"input_tokens\":-5,\"output_tokens\":99999999999999999999}}")]
    [InlineData("{\"usage\":{\"input_tokens\":1.5,\"output_tokens\":\"many\"}}")]
    [InlineData("{\"usage\":")]
    [InlineData("[[[[")]
    [InlineData("")]
    public async Task Nonsense_passes_and_is_never_measured(string body)
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, body));
        await using var client = new ObservedClient();

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(body, await response.Content.ReadAsStringAsync(Token));
        Assert.NotEqual(CostBasis.Measured, client.Row().Cost.Basis);
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync(Token);
        await socket.ReceiveAsync(new byte[65536], Token);
        var answer = $"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {Answers.Body.Length}\r\nconnection: close\r\n\r\n{Answers.Body}";
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), Token);
    }
}
