using System.Net;
using System.Text;
using CostLedger.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Telemetry.Handler.Tests.Handler;
using Xunit;

namespace Telemetry.Handler.Tests.Connections;

/// <summary>Whether a connection was open already, seen at real connections to a real server.</summary>
public sealed class ConnectionReuseTests
{
    private const string Answer = """{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<HttpProtocols, bool> Ways => new()
    {
        { HttpProtocols.Http1, false },
        { HttpProtocols.Http1, true },
        { HttpProtocols.Http2, false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_first_request_opens_a_connection_and_the_next_ones_find_it_open(HttpProtocols protocol, bool isSync)
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync, protocol);
        await using var client = Client();

        for (var i = 0; i < 3; i++)
        {
            await SendAsync(client, server, protocol, isSync);
        }

        Assert.Equal([false, true, true], Reused(client));
    }

    [Fact]
    public async Task Requests_side_by_side_on_http_1_open_one_each_and_find_them_open_later()
    {
        const int Many = 8;
        using var all = new Barrier();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await all.ArriveAsync(Many);
            await AnswerAsync(context);
        });
        await using var client = Client();

        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => SendAsync(client, server)));
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => SendAsync(client, server)));

        Assert.Equal(Many, Reused(client).Count(reused => reused == false));
        Assert.Equal(Many, Reused(client).Count(reused => reused == true));
    }

    [Fact]
    public async Task Streams_side_by_side_on_one_http_2_connection_find_it_open()
    {
        const int Many = 8;
        using var all = new Barrier();
        await using var server = await LoopbackServer.StartAsync(
            async context =>
            {
                await all.ArriveAsync(context.Request.Headers.ContainsKey("x-together") ? Many : 1);
                await AnswerAsync(context);
            },
            HttpProtocols.Http2);
        await using var client = Client();

        await SendAsync(client, server, HttpProtocols.Http2);
        client.Http.DefaultRequestHeaders.Add("x-together", "1");
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => SendAsync(client, server, HttpProtocols.Http2)));

        Assert.Equal([false, .. Enumerable.Repeat((bool?)true, Many)], Reused(client));
    }

    [Fact]
    public async Task A_connection_past_its_lifetime_is_not_used_again()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        await using var client = Client(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

        await SendAsync(client, server);
        await SendAsync(client, server);

        Assert.Equal([false, false], Reused(client));
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_is_not_used_again()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return AnswerAsync(context);
        });
        await using var client = Client();

        await SendAsync(client, server);
        await SendAsync(client, server);

        Assert.Equal([false, false], Reused(client));
    }

    [Fact]
    public async Task Nothing_is_said_where_no_connection_was_made()
    {
        await using var client = Client();
        using var request = Request(new Uri("http://127.0.0.1:1/v1/messages"), HttpProtocols.Http1);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.Http.SendAsync(request, Stop));

        Assert.Equal([null], Reused(client));
    }

    [Fact]
    public async Task Handlers_that_do_not_ask_are_not_told()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        await using var asking = Client();
        await using var silent = new ObservedClient(new SocketsHttpHandler());

        await SendAsync(asking, server);
        await SendAsync(silent, server);
        await SendAsync(silent, server);

        Assert.Equal([false], Reused(asking));
        Assert.Equal([null, null], Reused(silent));
    }

    [Fact]
    public async Task A_connection_that_was_open_before_the_client_was_watched_is_open()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        using var sockets = new SocketsHttpHandler();
        using var plain = new HttpClient(sockets, disposeHandler: false);
        await plain.GetStringAsync(server.Address, Stop);
        await using var client = Client(sockets);

        await SendAsync(client, server);

        Assert.Equal([true], Reused(client));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_request_within_the_attempt_is_not_its_own(bool isSync)
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        await using var tokens = await LoopbackServer.StartAsync(AnswerAsync);
        await using var client = Client(new TokenHandler(tokens.Address) { InnerHandler = new SocketsHttpHandler() });

        await SendAsync(client, server, isSync: isSync);
        await SendAsync(client, server, isSync: isSync);

        // Each attempt fetches a token over a new connection first.
        Assert.Equal([false, true], Reused(client));
    }

    [Fact]
    public async Task A_client_below_the_handler_sends_the_attempt_itself()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        using var below = new HttpClient(new SocketsHttpHandler());
        await using var client = Client(new ClientHandler(below));

        await SendAsync(client, server);
        await SendAsync(client, server);

        Assert.Equal([false, true], Reused(client));
    }

    [Fact]
    public async Task The_callers_own_requests_after_the_attempt_change_nothing()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerAsync);
        await using var client = Client();
        using var request = Request(server.Messages, HttpProtocols.Http1);
        await client.Http.GetStringAsync(server.Address, Stop);

        using (var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            using var other = new HttpClient();
            await other.GetStringAsync(server.Address, Stop);
            await response.Content.ReadAsByteArrayAsync(Stop);
        }

        Assert.Equal([true], Reused(client));
    }

    private static ObservedClient Client(HttpMessageHandler? inner = null) =>
        new(inner ?? new SocketsHttpHandler(), options => options.ObserveConnections = true);

    private static IEnumerable<bool?> Reused(ObservedClient client) =>
        client.Rows().Where(row => row.Operation == Operation.Messages).Select(row => row.Transfer.IsConnectionReused);

    private static async Task SendAsync(
        ObservedClient client, LoopbackServer server, HttpProtocols protocol = HttpProtocols.Http1, bool isSync = false)
    {
        using var request = Request(server.Messages, protocol);
        using var response = isSync ? client.Http.Send(request, Stop) : await client.Http.SendAsync(request, Stop);
        response.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage Request(Uri uri, HttpProtocols protocol) => new(HttpMethod.Post, uri)
    {
        Content = new StringContent("""{"model":"claude-haiku-4-5","max_tokens":1,"messages":[]}""", Encoding.UTF8, "application/json"),
        Version = protocol == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Answer, context.RequestAborted);
    }

    /// <summary>Lets requests go on when all of a round are there.</summary>
    private sealed class Barrier : IDisposable
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task ArriveAsync(int parties)
        {
            lock (_gate)
            {
                var round = _round;
                if (++_arrived == parties)
                {
                    _arrived = 0;
                    _round = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    round.SetResult();
                }

                return round.Task.WaitAsync(Stop);
            }
        }

        public void Dispose() => _round.TrySetCanceled();
    }

    /// <summary>Fetches a token with a client of its own before it sends.</summary>
    private sealed class TokenHandler(Uri tokens) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var client = new HttpClient();
            await client.GetStringAsync(tokens, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var client = new HttpClient();
            using var token = new HttpRequestMessage(HttpMethod.Get, tokens);
            using var response = client.Send(token, cancellationToken);
            return base.Send(request, cancellationToken);
        }
    }

    /// <summary>Sends with a client, as the official SDK's own handlers do.</summary>
    private sealed class ClientHandler(HttpClient client) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = request.Content,
                Version = request.Version,
                VersionPolicy = request.VersionPolicy,
            };
            return await client.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }
}
