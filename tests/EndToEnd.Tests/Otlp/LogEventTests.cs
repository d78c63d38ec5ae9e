using CostLedger;
using EndToEnd.Tests.Sdk;
using MessagesSimulator;
using MessagesSimulator.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Telemetry.Handler;
using Testing;
using Testing.Otlp;
using Xunit;

namespace EndToEnd.Tests.Otlp;

/// <summary>Log events arrive at a collector under their names, tied to the span of their call.</summary>
[Collection(ObservedCalls.Name)]
public sealed class LogEventTests : IAsyncLifetime
{
    private const string Scope = "Telemetry.Handler";
    private const string SdkScope = "com.anthropic.sdk.csharp";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-logs-");
    private MessagesServer _server = null!;
    private OtlpReceiver _receiver = null!;
    private SqliteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync();
        _receiver = await OtlpReceiver.StartAsync();
        _ledger = PatientLedger.Open(Path.Combine(_folder.FullName, "ledger.db"));
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _server.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task A_failed_attempt_of_the_sdk_is_an_event_below_its_span(OtlpExportProtocol protocol)
    {
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using (var telemetry = Export(protocol, Scope, SdkScope))
        using (var client = SdkClient.Create(_server, Attachment.Handlers, Handler(telemetry)))
        {
            await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);
        }

        var log = Assert.Single(Logs());
        var attempt = _receiver.Spans.Where(span => span.Origin.ScopeName is Scope).MinBy(span => span.StartNs)!;
        Assert.Equal(("costledger.attempt.failed", 9, Scope), (log.EventName, log.Severity, log.Origin.ScopeName));
        Assert.Equal((attempt.TraceId, attempt.SpanId), (log.TraceId, log.SpanId));
        Assert.Equal(529L, log.Attributes["http.response.status_code"]);
        Assert.Equal("529", log.Attributes["error.type"]);
        Assert.Equal(SdkClient.Model, log.Attributes["gen_ai.request.model"]);
        Assert.Equal($"Attempt 1 of {SdkClient.Model} failed: 529.", log.Body);
    }

    [Fact]
    public async Task An_exception_is_an_event_under_the_conventions_name()
    {
        using (var telemetry = Export(OtlpExportProtocol.HttpProtobuf, Scope))
        using (var client = Client(telemetry))
        {
            client.BaseAddress = new Uri("http://127.0.0.1:1");
            await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, SdkClient.Model));
        }

        var log = Logs().Single(log => log.EventName is "gen_ai.client.operation.exception");
        Assert.Equal((13, _receiver.Spans.Single().SpanId), (log.Severity, log.SpanId));
        Assert.Equal("System.Net.Http.HttpRequestException", log.Attributes["exception.type"]);
        Assert.Contains("refused", (string)log.Attributes["exception.message"]!, StringComparison.Ordinal);
        Assert.Contains(" at ", (string)log.Attributes["exception.stacktrace"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_call_is_an_event_with_what_its_span_holds()
    {
        using (var telemetry = Export(OtlpExportProtocol.HttpProtobuf, Scope))
        using (var client = Client(telemetry, options => (options.CaptureContent, options.LogOperationDetails) = (true, true)))
        {
            await AskAsync(client, SdkClient.Model);
        }

        var log = Assert.Single(Logs());
        var span = _receiver.Spans.Single();
        Assert.Equal(("gen_ai.client.inference.operation.details", 5, span.SpanId), (log.EventName, log.Severity, log.SpanId));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"Tell me."}]}]""", log.Attributes["gen_ai.input.messages"]);
        Assert.EndsWith("\"finish_reason\":\"stop\"}]", (string)log.Attributes["gen_ai.output.messages"]!, StringComparison.Ordinal);
        Assert.Equal(log.Attributes["gen_ai.input.messages"], span.Attributes["gen_ai.input.messages"]);
        Assert.Equal(log.Attributes["gen_ai.output.messages"], span.Attributes["gen_ai.output.messages"]);
        Assert.Equal(span.Attributes["gen_ai.usage.output_tokens"], log.Attributes["gen_ai.usage.output_tokens"]);
    }

    [Fact]
    public async Task A_span_of_the_sdk_gets_the_content_that_it_lacks()
    {
        using (var telemetry = Export(OtlpExportProtocol.HttpProtobuf, Scope, SdkScope))
        using (var client = SdkClient.Create(_server, Attachment.Handlers, Handler(telemetry, options => options.CaptureContent = true)))
        {
            await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);
        }

        var inference = _receiver.Spans.Single(span => span.Origin.ScopeName is SdkScope);
        Assert.Contains("Tell me.", (string)inference.Attributes["gen_ai.input.messages"]!, StringComparison.Ordinal);
        Assert.Contains("finish_reason", (string)inference.Attributes["gen_ai.output.messages"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(_receiver.Spans.Where(span => span.Origin.ScopeName is Scope), span => span.Attributes.ContainsKey("gen_ai.input.messages"));
    }

    private OpenTelemetrySdk Export(OtlpExportProtocol protocol, params string[] sources) => OpenTelemetrySdk.Create(builder =>
    {
        builder
            .ConfigureResource(resource => resource.AddService("log-event-tests"))
            .WithTracing(tracing => tracing.AddSource(sources).SetSampler(new AlwaysOnSampler()))
            .WithLogging()
            .UseOtlpExporter(protocol, protocol == OtlpExportProtocol.Grpc ? _receiver.GrpcEndpoint : _receiver.HttpEndpoint);
        builder.Services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Debug);
    });

    private MessagesTelemetryHandler Handler(OpenTelemetrySdk telemetry, Action<MessagesTelemetryOptions>? configure = null)
    {
        var options = new MessagesTelemetryOptions { Ledger = _ledger, LoggerFactory = telemetry.GetLoggerFactory() };
        configure?.Invoke(options);
        return new MessagesTelemetryHandler(options);
    }

    private HttpClient Client(OpenTelemetrySdk telemetry, Action<MessagesTelemetryOptions>? configure = null)
    {
        var handler = Handler(telemetry, configure);
        handler.InnerHandler = new SocketsHttpHandler();
        return new HttpClient(handler) { BaseAddress = _server.BaseUrl };
    }

    private static async Task AskAsync(HttpClient client, string model)
    {
        client.DefaultRequestHeaders.Add("x-api-key", "sk-ant-secret");
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        using var content = new StringContent(
            $$"""{"model":"{{model}}","max_tokens":1000,"messages":[{"role":"user","content":"Tell me."}]}""",
            System.Text.Encoding.UTF8,
            "application/json");
        using var response = await client.PostAsync("/v1/messages", content, Cancellation);
        await response.Content.ReadAsStringAsync(Cancellation);
    }

    private IReadOnlyList<OtlpLog> Logs()
    {
        Assert.Empty(_receiver.Faults);
        return [.. _receiver.Logs.Where(log => log.Origin.ScopeName is Scope)];
    }
}
