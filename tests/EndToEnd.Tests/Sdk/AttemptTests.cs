using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Anthropic;
using Anthropic.Exceptions;
using CostLedger;
using CostLedger.Querying;
using CostLedger.Records;
using MessagesSimulator;
using MessagesSimulator.Scripting;
using Telemetry.Handler;
using Testing;
using Xunit;

namespace EndToEnd.Tests.Sdk;

/// <summary>The attempts of the official SDK: one call in the ledger, one operation in the metrics, one usage in the trace.</summary>
[Collection(ObservedCalls.Name)]
public sealed class AttemptTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("costledger-attempts-");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Name, string? Error)> _measured = new();
    private readonly MeterListener _meters = new();
    private ActivityListener? _listener;
    private MessagesServer _server = null!;
    private SqliteLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string LedgerPath => Path.Combine(_folder.FullName, "ledger.db");

    public async ValueTask InitializeAsync()
    {
        _server = await MessagesServer.StartAsync();
        _ledger = PatientLedger.Open(LedgerPath);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, "Telemetry.Handler", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        _meters.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        _meters.Dispose();
        await _server.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(Attachment.Handlers)]
    [InlineData(Attachment.HttpClient)]
    public async Task The_sdks_span_is_adopted_and_each_attempt_lies_below_it(Attachment attachment)
    {
        Listen("Telemetry.Handler", "com.anthropic.sdk.csharp");
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using var client = Client(attachment);

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        var call = Assert.Single(_spans, HasUsage);
        Assert.StartsWith("com.anthropic.sdk.csharp", call.Source.Name, StringComparison.Ordinal);
        var attempts = _spans.Where(span => string.Equals(span.Source.Name, "Telemetry.Handler", StringComparison.Ordinal)).ToList();
        Assert.Equal(["messages attempt", "messages attempt"], attempts.Select(span => span.DisplayName), StringComparer.Ordinal);
        Assert.All(attempts, span => Assert.Equal(call.SpanId, span.ParentSpanId));
        Assert.Equal(attempts[0].Context, Assert.Single(attempts[1].Links).Context);
        Assert.Equal(
            ("error", "success", 1L, "sdk"),
            (attempts[0].GetTagItem("costledger.attempt.outcome"), attempts[1].GetTagItem("costledger.attempt.outcome"), attempts[1].GetTagItem("http.request.resend_count"), attempts[1].GetTagItem("costledger.retry.source")));
        Assert.Equal(0d, attempts[0].GetTagItem("costledger.attempt.retry_after_s"));

        var records = Records();
        Assert.Equal((2L, records[1].Id.ToString()), (call.GetTagItem("costledger.attempts"), call.GetTagItem("costledger.call.id")));
        Assert.Equal(records[1].Cost.Total!.Value.ToDouble(), call.GetTagItem("costledger.cost.amount"));
    }

    [Fact]
    public async Task Without_the_sdks_span_each_attempt_is_a_span_of_ours_and_the_usage_stands_once()
    {
        Listen("Telemetry.Handler");
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using var client = Client(Attachment.Handlers);

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        Assert.Equal([$"chat {SdkClient.Model}", $"chat {SdkClient.Model}"], _spans.Select(span => span.DisplayName), StringComparer.Ordinal);
        Assert.Single(_spans, HasUsage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_one_operation_whether_traced_or_not(bool isTraced)
    {
        if (isTraced)
        {
            Listen("Telemetry.Handler", "com.anthropic.sdk.csharp");
        }

        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        _server.Script.Next(Fault.RateLimited(retryAfter: "0"));
        using var client = Client(Attachment.Handlers);

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        Assert.Equal([null], Measured("gen_ai.client.operation.duration"));
        Assert.Equal(["529", "429", null], Measured("costledger.attempts"));
        Assert.Single(Measured("costledger.operation.attempts"));
        var records = Records();
        Assert.Equal([1, 2, 3], records.Select(record => record.Attempt));
        Assert.All(records, record => Assert.Equal(records[0].Id, record.FirstAttemptId));
    }

    [Fact]
    public async Task A_call_that_fails_for_good_is_one_operation_that_failed()
    {
        for (var i = 0; i < 3; i++)
        {
            _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        }

        using var client = Client(Attachment.Handlers);

        await Assert.ThrowsAnyAsync<AnthropicException>(() => client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation));

        Assert.Single(Measured("gen_ai.client.operation.duration"), error => error is not null);
        Assert.Equal(3, Measured("costledger.attempts").Count);
    }

    [Fact]
    public async Task An_applications_own_loop_is_one_call_in_the_ledger()
    {
        Listen("Telemetry.Handler", "com.anthropic.sdk.csharp");
        _server.Script.Next(Fault.Overloaded(retryAfter: "0"));
        using var client = Client(Attachment.Handlers, expectedRetries: 0).WithOptions(options => options with { MaxRetries = 0 }) as AnthropicClient
            ?? throw new InvalidOperationException("The SDK gave another kind of client.");

        await Assert.ThrowsAnyAsync<AnthropicException>(() => client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation));
        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        var records = Records();
        Assert.Equal((2, records[0].Id), (records[1].Attempt, records[1].FirstAttemptId));
    }

    [Fact]
    public async Task A_handler_that_asks_another_model_makes_a_second_attempt_of_the_same_call()
    {
        Listen("Telemetry.Handler", "com.anthropic.sdk.csharp");
        _server.Script.Next(Fault.Status(400, "invalid_request_error", "not this model"));
        var ours = new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger }) { InnerHandler = new SocketsHttpHandler() };
        using var client = SdkClient.Create(_server, Attachment.HttpClient, new OtherModel(ours));

        await client.Messages.Create(SdkClient.Ask("Tell me."), Cancellation);

        var records = Records();
        Assert.Equal(
            [(1, SdkClient.Model), (2, "claude-opus-4-6")], records.Select(record => (record.Attempt, record.ModelRequested!)));
        Assert.Equal(records[0].Id, records[1].FirstAttemptId);
        var second = _spans.Last(span => string.Equals(span.DisplayName, "messages attempt", StringComparison.Ordinal));
        Assert.Equal((SdkClient.Model, "claude-opus-4-6"), (second.GetTagItem("costledger.fallback.from_model"), second.GetTagItem("costledger.fallback.to_model")));
        Assert.Single(Measured("costledger.fallbacks"));
    }

    private static bool HasUsage(Activity span) =>
        span.TagObjects.Any(tag => tag.Key.StartsWith("gen_ai.usage.", StringComparison.Ordinal));

    private AnthropicClient Client(Attachment attachment, int? expectedRetries = null) =>
        SdkClient.Create(_server, attachment, new MessagesTelemetryHandler(new MessagesTelemetryOptions { Ledger = _ledger, ExpectedRetries = expectedRetries }));

    private void Listen(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name, StringComparer.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? error = null;
        foreach (var (name, value) in tags)
        {
            error = string.Equals(name, "error.type", StringComparison.Ordinal) ? (string?)value : error;
        }

        _measured.Enqueue((instrument.Name, error));
    }

    private List<string?> Measured(string name) =>
        [.. _measured.Where(m => string.Equals(m.Name, name, StringComparison.Ordinal)).Select(m => m.Error)];

    private List<CallRecord> Records()
    {
        using var reader = LedgerReader.Open(LedgerPath);
        return [.. reader.Calls(new CallFilter())];
    }

    /// <summary>Sends a failed request once more, as a new message with another model.</summary>
    private sealed class OtherModel(HttpMessageHandler inner) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var invoker = new HttpMessageInvoker(inner, disposeHandler: false);
            var response = await invoker.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.BadRequest)
            {
                return response;
            }

            response.Dispose();
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var other = new HttpRequestMessage(request.Method, request.RequestUri)
            {
                Content = new StringContent(body.Replace(SdkClient.Model, "claude-opus-4-6", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
            };
            foreach (var (name, values) in request.Headers)
            {
                other.Headers.TryAddWithoutValidation(name, values);
            }

            return await invoker.SendAsync(other, cancellationToken);
        }
    }
}
