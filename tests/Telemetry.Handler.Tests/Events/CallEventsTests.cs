using System.Net.Sockets;
using CostLedger.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Events;

// Listeners are global, and a span that is current makes .NET send its own traceparent.
[Collection(Tracing.Name)]
public sealed class CallEventsTests
{
    private const string Failed = "costledger.attempt.failed";
    private const string Thrown = "gen_ai.client.operation.exception";
    private const string Missing = "costledger.price.missing";
    private const string Details = "gen_ai.client.inference.operation.details";
    private const string Overloaded = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_attempt_is_told_under_its_span()
    {
        using var spans = new SpanCollector("Telemetry.Handler");
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers["retry-after"] = "7";
            context.Response.Headers["request-id"] = "req_9";
            return Answers.WriteBodyAsync(context, Overloaded, 529);
        });
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);

        await CallAsync(client, server.Messages);

        var entry = Assert.Single(loggers.Entries);
        Assert.Equal(("Telemetry.Handler", LogLevel.Information, 0, Failed), (loggers.Category, entry.Level, entry.Id.Id, entry.Id.Name));
        Assert.Equal("Attempt 1 of claude-opus-5 failed: overloaded_error.", entry.Text);
        Assert.Equal("overloaded_error", entry.Attributes["error.type"]);
        Assert.Equal(529, entry.Attributes["http.response.status_code"]);
        Assert.Equal(1, entry.Attributes["costledger.attempt.ordinal"]);
        Assert.Equal(7.0, entry.Attributes["costledger.attempt.retry_after_s"]);
        Assert.Equal("claude-opus-5", entry.Attributes["gen_ai.request.model"]);
        Assert.Equal("req_9", entry.Attributes["anthropic.request.id"]);
        Assert.Equal(client.Row().Id.ToString(), entry.Attributes["costledger.call.id"]);
        Assert.Contains(spans.Stopped, span => span.SpanId == entry.Span);
    }

    [Fact]
    public async Task An_exception_is_told_with_its_type_and_stack()
    {
        using var loggers = new RecordingLoggers();
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);

        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(client, new Uri($"http://127.0.0.1:{UnusedPort()}/v1/messages?key=planted")));

        var entry = Assert.Single(loggers.Of(Thrown));
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("System.Net.Http.HttpRequestException", entry.Attributes["exception.type"]);
        Assert.Contains("refused", (string)entry.Attributes["exception.message"]!, StringComparison.Ordinal);
        Assert.Contains("SendAsync", (string)entry.Attributes["exception.stacktrace"]!, StringComparison.Ordinal);
        Assert.Null(entry.Exception);
        Assert.Equal("connection_error", Assert.Single(loggers.Of(Failed)).Attributes["error.type"]);
        Assert.DoesNotContain(loggers.Entries, e => e.Attributes.Values.OfType<string>().Any(v => v.Contains("planted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_handler_of_the_application_throws_is_not_quoted()
    {
        using var loggers = new RecordingLoggers();
        await using var client = new ObservedClient(new Throwing(), options => options.LoggerFactory = loggers);

        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(client, new Uri("http://host/v1/messages")));

        var entry = Assert.Single(loggers.Of(Thrown));
        Assert.Equal("System.InvalidOperationException", entry.Attributes["exception.type"]);
        Assert.False(entry.Attributes.ContainsKey("exception.message"));
        Assert.DoesNotContain("planted", string.Concat(entry.Attributes.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_cancels_or_succeeds_makes_no_event()
    {
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await CallAsync(client, server.Messages);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Http.SendAsync(Answers.NewRequest(server.Messages), canceled.Token));

        Assert.Empty(loggers.Entries);
    }

    [Fact]
    public async Task A_model_without_a_price_is_told_once_whatever_handler_meets_it()
    {
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context =>
            Answers.WriteBodyAsync(context, Answers.Body.Replace("claude-opus-5", "claude-unheard-of-8", StringComparison.Ordinal)));
        for (var i = 0; i < 2; i++)
        {
            await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);
            await CallAsync(client, server.Messages);
            await CallAsync(client, server.Messages);
        }

        var entry = Assert.Single(loggers.Of(Missing));
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("claude-unheard-of-8", entry.Attributes["gen_ai.response.model"]);
        Assert.Contains("pricing.json", entry.Text, StringComparison.Ordinal);
        Assert.Contains("ModelAliases", entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_whole_call_is_told_on_demand_with_or_without_a_listener(bool isWanted, bool hasListener)
    {
        using var spans = new SpanCollector(hasListener ? "Telemetry.Handler" : "nobody");
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteStreamAsync(context, Answers.Stream));
        await using var client = new ObservedClient(configure: options => (options.LoggerFactory, options.LogOperationDetails) = (loggers, isWanted));

        await CallAsync(client, server.Messages);

        if (!isWanted)
        {
            Assert.Empty(loggers.Entries);
            return;
        }

        var entry = Assert.Single(loggers.Entries);
        Assert.Equal((LogLevel.Debug, Details), (entry.Level, entry.Id.Name));
        Assert.Equal("chat", entry.Attributes["gen_ai.operation.name"]);
        Assert.Equal(442L, entry.Attributes["gen_ai.usage.input_tokens"]);
        Assert.Equal(["end_turn"], (string[])entry.Attributes["gen_ai.response.finish_reasons"]!);
        Assert.True(entry.Attributes.ContainsKey("costledger.cost.amount"));
        Assert.DoesNotContain("gen_ai.input.messages", entry.Attributes.Keys);
        if (hasListener)
        {
            var span = spans.Stopped.Single(span => span.SpanId == entry.Span);
            Assert.Empty(span.TagObjects.Select(tag => tag.Key).Where(key => key.StartsWith("gen_ai.", StringComparison.Ordinal)).Except(entry.Attributes.Keys));
        }
    }

    [Fact]
    public async Task Nothing_is_told_below_the_level_of_the_logger()
    {
        using var loggers = new RecordingLoggers(LogLevel.Error);
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Overloaded, 529));
        await using var client = new ObservedClient(configure: options => (options.LoggerFactory, options.LogOperationDetails) = (loggers, true));

        await CallAsync(client, server.Messages);

        Assert.Empty(loggers.Entries);
    }

    [Fact]
    public async Task A_logger_that_fails_is_counted_and_disturbs_nothing()
    {
        using var loggers = new RecordingLoggers { IsBroken = true };
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Overloaded, 529));
        await using var client = new ObservedClient(configure: options => options.LoggerFactory = loggers);
        var before = OwnFailures.At("log");

        using var response = await client.Http.SendAsync(Answers.NewRequest(server.Messages), Token);

        Assert.Equal(Overloaded, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(CallOutcome.Error, client.Row().Outcome);
        Assert.Equal(1, OwnFailures.At("log") - before);
    }

    [Fact]
    public async Task The_factory_of_clients_brings_the_loggers_of_the_services()
    {
        using var loggers = new RecordingLoggers();
        await using var server = await LoopbackServer.StartAsync(context => Answers.WriteBodyAsync(context, Overloaded, 529));
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(loggers);
        services.AddHttpClient("claude").AddMessagesTelemetry(options => options.WriteToLedger = false);
        await using var provider = services.BuildServiceProvider();

        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("claude");
        using var response = await client.SendAsync(Answers.NewRequest(server.Messages), Token);
        await response.Content.ReadAsStringAsync(Token);

        Assert.Single(loggers.Of(Failed));
    }

    private static async Task CallAsync(ObservedClient client, Uri uri)
    {
        using var response = await client.Http.SendAsync(Answers.NewRequest(uri), Token);
        await response.Content.ReadAsStringAsync(Token);
    }

    private static int UnusedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private sealed class Throwing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("planted prompt");
    }
}
