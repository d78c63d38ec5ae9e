using System.Net;
using System.Net.Sockets;
using System.Text;
using CostLedger.Records;
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
        Assert.NotEqual(CostBasis.Measured, client.Row().Cost.Basis);
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
