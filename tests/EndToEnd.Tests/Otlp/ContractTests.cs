using CostLedger;
using EndToEnd.Tests.Sdk;
using MessagesSimulator;
using MessagesSimulator.Scripting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Telemetry.Handler;
using Testing;
using Testing.Otlp;
using Xunit;

namespace EndToEnd.Tests.Otlp;

/// <summary>What arrives at a collector is what the telemetry contract promises.</summary>
[Collection(ObservedCalls.Name)]
public sealed class ContractTests : IAsyncLifetime
{
    private const string Scope = "Telemetry.Handler";
    private const string SdkScope = "com.anthropic.sdk.csharp";
    private const string Schema = "https://opentelemetry.io/schemas/1.41.0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-otlp-");
    private MessagesServer _server = null!;
    private OtlpReceiver _receiver = null!;
    private SqliteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<OtlpExportProtocol> Protocols => [OtlpExportProtocol.HttpProtobuf, OtlpExportProtocol.Grpc];

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
    [MemberData(nameof(Protocols))]
    public async Task A_plain_client_makes_one_span_a_call(OtlpExportProtocol protocol)
    {
        using (Export(protocol, Scope))
        {
            await StreamPlainlyAsync();
        }

        var line = _server.Bill.Lines.Single();
        var span = Spans().Single(span => span.Attributes.ContainsKey("gen_ai.operation.name"));
        Assert.Equal(($"chat {SdkClient.Model}", 3, 0), (span.Name, span.Kind, span.Status));
        Assert.Equal((Scope, Schema), (span.Origin.ScopeName, span.Origin.SchemaUrl));
        Assert.NotEmpty(span.Origin.ScopeVersion);
        Assert.Equal("contract-tests", span.Origin.Resource["service.name"]);
        AssertAttributes(span, new()
        {
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.provider.name"] = "anthropic",
            ["gen_ai.request.model"] = SdkClient.Model,
            ["gen_ai.request.stream"] = true,
            ["gen_ai.request.max_tokens"] = 1000L,
            ["gen_ai.response.id"] = line.MessageId,
            ["gen_ai.response.model"] = line.Model,
            ["gen_ai.response.finish_reasons"] = new List<object?> { "end_turn" },
            ["gen_ai.usage.input_tokens"] = (long)(line.Usage.InputTokens + line.Usage.CacheReadInputTokens + line.Usage.CacheCreation5mInputTokens),
            ["gen_ai.usage.output_tokens"] = (long)line.Usage.OutputTokens,
            ["gen_ai.usage.cache_read.input_tokens"] = (long)line.Usage.CacheReadInputTokens,
            ["gen_ai.usage.cache_creation.input_tokens"] = (long)line.Usage.CacheCreation5mInputTokens,
            ["gen_ai.usage.cache_write.input_tokens"] = (long)line.Usage.CacheCreation5mInputTokens,
            ["server.address"] = "127.0.0.1",
            ["server.port"] = (long)_server.BaseUrl.Port,
            ["anthropic.request.id"] = line.RequestId,
            ["anthropic.message.stop_reason"] = "end_turn",
            ["anthropic.response.service_tier"] = "standard",
            ["costledger.cost.currency"] = "USD",
            ["costledger.cost.source"] = "local",
            ["costledger.cost.complete"] = true,
        });
        Assert.True((double)span.Attributes["gen_ai.response.time_to_first_chunk"]! > 0);
        AssertCostAddsUp(span);
        Assert.Equal(26, ((string)span.Attributes["costledger.call.id"]!).Length);
        Assert.True(span.Attributes.Count <= 128);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_span_of_the_sdk_is_enriched_and_attempts_hang_below_it(OtlpExportProtocol protocol)
    {
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using (Export(protocol, Scope, SdkScope))
        using (var client = SdkClient.Create(_server, Attachment.Handlers, Handler()))
        {
            await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);
        }

        var inference = Spans().Single(span => span.Attributes.ContainsKey("gen_ai.operation.name"));
        var attempts = Spans().Where(span => span.Origin.ScopeName is Scope).OrderBy(span => span.StartNs).ToList();
        Assert.Equal((SdkScope, "anthropic.messages.create"), (inference.Origin.ScopeName, inference.Name));
        AssertCostAddsUp(inference);
        Assert.Equal(2, attempts.Count);
        Assert.All(attempts, attempt =>
        {
            Assert.Equal(("messages attempt", 1, inference.SpanId), (attempt.Name, attempt.Kind, attempt.ParentSpanId));
            Assert.DoesNotContain(attempt.Attributes.Keys, key => key.StartsWith("gen_ai.", StringComparison.Ordinal));
        });
        // The SDK tries again without reading the body, which would name the error.
        Assert.Equal((2, "529", 529L), (attempts[0].Status, attempts[0].Attributes["error.type"], attempts[0].Attributes["http.response.status_code"]));
        Assert.False(inference.Attributes.ContainsKey("error.type"), "a retried failure is no error of the call");
        Assert.Equal(1L, attempts[1].Attributes["http.request.resend_count"]);
        Assert.Equal(attempts[0].SpanId, attempts[1].LinkedSpanIds.Single());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_error_in_the_stream_marks_the_span(OtlpExportProtocol protocol)
    {
        _server.Script.Next(Fault.ErrorEvent(afterEvents: 6));
        using (Export(protocol, Scope))
        {
            await StreamPlainlyAsync();
        }

        var span = Spans().Single(span => span.Attributes.ContainsKey("gen_ai.operation.name"));
        Assert.Equal((2, "overloaded_error"), (span.Status, span.Attributes["error.type"]));
        Assert.Equal("error_event", span.Attributes["costledger.stream.end"]);
        Assert.Equal(true, span.Attributes["costledger.usage.partial"]);
        Assert.False(span.Attributes.ContainsKey("gen_ai.usage.output_tokens"), "message_start's figure is a placeholder");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Milestones_of_the_stream_are_events(OtlpExportProtocol protocol)
    {
        using (Export(protocol, Scope))
        {
            await StreamPlainlyAsync();
        }

        var events = Spans().SelectMany(span => span.Events).OrderBy(one => one.TimeNs).Select(one => one.Name).ToList();
        string[] expected = ["headers", "message_start", "content_block_start", "first_content", "message_delta", "message_stop"];
        Assert.Equal(expected, events, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Metrics_have_the_names_units_and_bounds_of_the_contract(OtlpExportProtocol protocol)
    {
        using (Export(protocol, Scope))
        {
            await StreamPlainlyAsync();
        }

        var usage = _server.Bill.Lines.Single().Usage;
        var tokens = Metric("gen_ai.client.token.usage", "{token}", "histogram");
        Assert.Equal(["input", "output"], tokens.Points.Select(point => point.Attributes["gen_ai.token.type"]).Order());
        Assert.Equal([1.0, 4.0, 16.0, 64.0], tokens.Points[0].Bounds.Take(4));
        Assert.Equal(
            usage.InputTokens + usage.CacheReadInputTokens + usage.CacheCreation5mInputTokens,
            tokens.Points.Single(point => point.Attributes["gen_ai.token.type"] is "input").Value);
        Assert.Equal(0.01, Metric("gen_ai.client.operation.duration", "s", "histogram").Points.Single().Bounds[0]);
        Assert.Equal(1, Metric("gen_ai.client.operation.time_to_first_chunk", "s", "histogram").Points.Single().Count);
        Assert.Equal(1, Metric("costledger.operation.duration", "s", "histogram").Points.Single().Count);
        Assert.Equal(1, Metric("costledger.operation.cost", "{USD}", "histogram").Points.Single().Count);
        Assert.Equal(1, Metric("costledger.stream.ends", "{stream}", "sum").Points.Single().Value);
        Assert.Equal(1, Metric("costledger.attempts", "{attempt}", "sum").Points.Single().Value);
        var kinds = Metric("costledger.tokens", "{token}", "sum").Points.ToDictionary(point => (string)point.Attributes["costledger.token.kind"]!, point => point.Value, StringComparer.Ordinal);
        Assert.Equal((usage.InputTokens, usage.CacheCreation5mInputTokens, usage.OutputTokens), ((int)kinds["input_uncached"], (int)kinds["cache_write_5m"], (int)kinds["output"]));
        Assert.True(Metric("costledger.cost", "{USD}", "sum").Points.Sum(point => point.Value) > 0);
        Assert.All(_receiver.Metrics, metric => Assert.Equal(Scope, metric.Origin.ScopeName));
    }

    [Fact]
    public async Task Nothing_of_prompt_or_answer_is_exported()
    {
        using (Export(OtlpExportProtocol.HttpProtobuf, Scope))
        {
            await StreamPlainlyAsync();
        }

        var values = Spans().SelectMany(span => span.Attributes.Values.Concat(span.Events.SelectMany(one => one.Attributes.Values)));
        Assert.DoesNotContain(values.OfType<string>(), value => value.Contains("rule rule", StringComparison.Ordinal) || value.Contains("sk-ant", StringComparison.Ordinal));
        Assert.DoesNotContain(Spans().SelectMany(span => span.Attributes.Keys), key => key is "gen_ai.input.messages" or "gen_ai.output.messages" or "gen_ai.system_instructions");
    }

    private OpenTelemetrySdk Export(OtlpExportProtocol protocol, params string[] sources) => OpenTelemetrySdk.Create(builder => builder
        .ConfigureResource(resource => resource.AddService("contract-tests"))
        .WithTracing(tracing => tracing.AddSource(sources).SetSampler(new AlwaysOnSampler()))
        .WithMetrics(metrics => metrics.AddMeter(Scope))
        .UseOtlpExporter(protocol, protocol == OtlpExportProtocol.Grpc ? _receiver.GrpcEndpoint : _receiver.HttpEndpoint));

    private MessagesTelemetryHandler Handler() => new(new MessagesTelemetryOptions { Ledger = _ledger });

    private async Task StreamPlainlyAsync()
    {
        using var handler = Handler();
        handler.InnerHandler = new SocketsHttpHandler();
        using var client = new HttpClient(handler) { BaseAddress = _server.BaseUrl };
        client.DefaultRequestHeaders.Add("x-api-key", "sk-ant-secret");
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var system = string.Join(' ', Enumerable.Repeat("rule", 1500));
        var body = $$$"""
            {"model":"{{{SdkClient.Model}}}","max_tokens":1000,"stream":true,
             "system":[{"type":"text","text":"{{{system}}}","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":"Tell me."}]}
            """;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/v1/messages", content, Cancellation);
        await response.Content.ReadAsStringAsync(Cancellation);
    }

    private IReadOnlyList<OtlpSpan> Spans()
    {
        Assert.Empty(_receiver.Faults);
        return _receiver.Spans;
    }

    private OtlpMetric Metric(string name, string unit, string kind)
    {
        var metric = _receiver.Metrics.First(metric => metric.Name == name);
        Assert.Equal((unit, kind), (metric.Unit, metric.Kind));
        return metric;
    }

    private static void AssertAttributes(OtlpSpan span, Dictionary<string, object?> expected)
    {
        foreach (var (name, value) in expected)
        {
            Assert.True(span.Attributes.TryGetValue(name, out var actual), $"{name} is missing");
            Assert.Equal(value, actual);
        }
    }

    private static void AssertCostAddsUp(OtlpSpan span)
    {
        string[] parts = ["input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "server_tools"];
        var sum = parts.Sum(part => (double?)span.Attributes.GetValueOrDefault($"costledger.cost.{part}") ?? 0);
        Assert.Equal((double)span.Attributes["costledger.cost.amount"]!, sum, precision: 9);
        Assert.True(sum > 0);
    }
}
