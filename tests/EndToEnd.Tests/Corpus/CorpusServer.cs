using System.Net.Http.Headers;
using System.Text.Json;
using EndToEnd.Tests.Simulator;
using MessagesSimulator;
using MessagesSimulator.Corpus;
using MessagesSimulator.Scripting;
using Xunit;

namespace EndToEnd.Tests.Corpus;

/// <summary>Plays cases through real HTTP, on a clock that stands still between their moments.</summary>
internal sealed class CorpusServer : IAsyncDisposable
{
    private readonly HttpClient _client;

    private CorpusServer(MessagesServer server, StillClock clock, HttpClient client) => (Server, Clock, _client) = (server, clock, client);

    public MessagesServer Server { get; }

    /// <summary>The clock of the server; what is tested should go by it too.</summary>
    public StillClock Clock { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="observed">Puts what is tested around the handler that sends; null: nothing is.</param>
    /// <param name="clock">The clock; null: a new one.</param>
    /// <returns>The server.</returns>
    public static async Task<CorpusServer> StartAsync(Func<HttpMessageHandler, HttpMessageHandler>? observed = null, StillClock? clock = null)
    {
        clock ??= new StillClock();
        var server = await MessagesServer.StartAsync(new MessagesServerOptions
        {
            TimeProvider = clock,
            PromptCache = MutationCorpus.Options,
            KeepSentBodies = false,
        });
        HttpMessageHandler sender = new SocketsHttpHandler();
        return new CorpusServer(server, clock, new HttpClient(observed?.Invoke(sender) ?? sender) { BaseAddress = server.BaseUrl });
    }

    /// <summary>Sends the requests of a case, each at its time.</summary>
    /// <param name="requests">The requests.</param>
    /// <returns>The answers.</returns>
    public async Task<IReadOnlyList<JsonElement>> PlayAsync(IReadOnlyList<CorpusRequest> requests)
    {
        var start = Clock.GetUtcNow();
        var waiting = new Dictionary<int, (AnswerGate Gate, Task<JsonElement> Answer)>();
        var answers = new JsonElement[requests.Count];
        foreach (var moment in CorpusMoment.Of(requests))
        {
            Clock.Advance(start + moment.At - Clock.GetUtcNow());
            if (moment.IsStart)
            {
                var gate = new AnswerGate();
                waiting[moment.Request] = (gate, SendAsync(requests[moment.Request], gate));
                await Task.WhenAny(gate.Reached, waiting[moment.Request].Answer);
            }
            else
            {
                waiting[moment.Request].Gate.Open();
                answers[moment.Request] = await waiting[moment.Request].Answer;
            }
        }

        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Sends one request, which is answered at once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="observed">Puts what is tested around the handler that sends.</param>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> SendAsync(CorpusRequest request, Func<HttpMessageHandler, HttpMessageHandler> observed)
    {
        using var client = new HttpClient(observed(new SocketsHttpHandler())) { BaseAddress = Server.BaseUrl };
        return await SendAsync(request, client);
    }

    private Task<JsonElement> SendAsync(CorpusRequest request, AnswerGate gate)
    {
        Server.Script.Next(new ScriptStep(Gate: gate));
        return SendAsync(request, _client);
    }

    private async Task<JsonElement> SendAsync(CorpusRequest request, HttpClient client)
    {
        Server.PromptCache.EvictLongest(request.EvictsBefore, request.Key);
        Server.PromptCache.ConcealRead(request.Conceals);
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new ReadOnlyMemoryContent(request.Body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add("x-api-key", request.Key);
        message.Headers.Add("anthropic-version", "2023-06-01");
        Add("anthropic-beta", request.Betas);
        Add("anthropic-workspace-id", request.Workspace);
        using var response = await client.SendAsync(message, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                message.Headers.Add(name, value);
            }
        }
    }
}
