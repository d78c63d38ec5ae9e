using CostLedger.Querying;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Telemetry.Handler.Tests.Handler;

public sealed class ChainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_factory_makes_a_handler_for_each_chain_and_a_stream_outlives_its_rotation()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient();
        var services = new ServiceCollection();
        services.AddSingleton(client.Ledger);
        services.AddHttpClient("claude")
            .AddMessagesTelemetry((provider, options) => options.Ledger = provider.GetRequiredService<CostLedger.SqliteLedger>());
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();

        for (var i = 0; i < 3; i++)
        {
            using var http = factory.CreateClient("claude");
            using var response = await http.SendAsync(Answers.NewRequest(server.Messages), HttpCompletionOption.ResponseHeadersRead, Token);
            http.Dispose();
            Assert.Equal(Answers.Stream, await response.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(3, client.Rows().Count);
    }

    [Fact]
    public async Task Two_clients_share_a_ledger()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();
        using var other = new HttpClient(client.NewHandler());

        using var first = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        using var second = await other.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(2, client.Rows().Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_chain_with_the_handler_twice_records_a_call_once()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();
        var outer = client.NewHandler();
        var inner = client.NewHandler();
        inner.InnerHandler = new SocketsHttpHandler();
        outer.InnerHandler = inner;
        using var http = new HttpClient(outer);

        using var response = await http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal("msg_2", client.Row().MessageId);
    }

    [Fact]
    public async Task Sending_the_same_message_again_is_a_second_attempt_of_one_call()
    {
        var count = 0;
        await using var server = await LoopbackServer.StartAsync(context => Interlocked.Increment(ref count) == 1
            ? Answers.WriteBodyAsync(context, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", 529)
            : Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient();
        using var http = new HttpClient(new Again { InnerHandler = client.NewHandler() });

        using var response = await http.SendAsync(Answers.NewRequest(server.Messages), Token);

        var rows = client.Rows();
        Assert.Equal([1, 2], rows.Select(row => row.Attempt));
        Assert.Equal(rows[0].Id, rows[1].FirstAttemptId);
        using var reader = LedgerReader.Open(client.LedgerPath);
        var totals = reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals;
        Assert.Equal((1, 2, 1), (totals.Calls, totals.Attempts, totals.Errors));
    }

    [Fact]
    public async Task Labels_come_from_the_request_then_the_scope_then_the_options()
    {
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Answers.Body));
        await using var client = new ObservedClient(configure: options => options.Tags = new Dictionary<string, string> { ["team"] = "x", ["app"] = "shop" });

        using (CallContext.Begin("s1", new Dictionary<string, string> { ["team"] = "red" }))
        {
            using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);
        }

        var labels = client.Row().Labels;
        Assert.Equal(("s1", "red", "shop"), (labels.Session, labels.Tags["team"], labels.Tags["app"]));
    }

    private sealed class Again : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500)
            {
                return response;
            }

            response.Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
