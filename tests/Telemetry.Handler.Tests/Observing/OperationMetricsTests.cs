using CostLedger.Records;
using Telemetry.Handler.Names;
using Telemetry.Handler.Tests.Handler;
using Telemetry.Handler.Tests.Metrics;
using Xunit;

namespace Telemetry.Handler.Tests.Observing;

/// <summary>The metrics of a handler in a client that tries again: operations are counted once, attempts each.</summary>
[Collection(Tracing.Name)]
public sealed class OperationMetricsTests : IDisposable
{
    private readonly MetricCollector _metrics = new("Telemetry.Handler");

    // The meter is one for the process; a host of its own tells this test's calls.
    private readonly string _host = $"h{Guid.NewGuid():N}.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task A_call_of_the_sdk_that_succeeds_at_the_third_attempt_is_one_operation()
    {
        await using var client = new ObservedClient(new Script((529, Script.Overloaded), (429, Script.Overloaded), (200, Answers.Body)));

        await SendAsSdkAsync(client, 3);

        Assert.Equal([""], Seen("gen_ai.client.operation.duration", "error.type"));
        Assert.Equal(["input", "output"], Seen("gen_ai.client.token.usage", "gen_ai.token.type"));
        Assert.Equal([""], Seen("costledger.operation.duration", "error.type"));
        Assert.Equal([3], Values("costledger.operation.attempts"));
        Assert.Single(Values("costledger.operation.cost"));
        Assert.Equal(["error overloaded_error ", "error overloaded_error sdk", "success  sdk"], Seen("costledger.attempts", "costledger.attempt.outcome", "error.type", "costledger.retry.source"));
        Assert.Equal(["overloaded_error", "overloaded_error"], Seen("costledger.retry.delay", "costledger.retry.reason"));
        Assert.Equal([1, 2, 3], client.Rows().Select(row => row.Attempt));
    }

    [Fact]
    public async Task A_call_of_the_sdk_that_fails_for_good_is_one_operation_that_failed()
    {
        await using var client = new ObservedClient(new Script((529, Script.Overloaded)));

        await SendAsSdkAsync(client, 3);

        Assert.Equal(["overloaded_error"], Seen("gen_ai.client.operation.duration", "error.type"));
        Assert.Equal([3], Values("costledger.operation.attempts"));
        Assert.Equal(3, Values("costledger.attempts").Count());
    }

    [Fact]
    public async Task The_count_of_retries_can_be_told()
    {
        await using var client = new ObservedClient(new Script((529, Script.Overloaded)), options => options.ExpectedRetries = 0);

        await SendAsSdkAsync(client, 1);

        Assert.Equal(["overloaded_error"], Seen("gen_ai.client.operation.duration", "error.type"));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        var options = new MessagesTelemetryOptions { WriteToLedger = false, ExpectedRetries = -1, ClientMetrics = (ClientMetrics)7 };

        var refusal = Assert.Throws<ArgumentException>(() => new MessagesTelemetryHandler(options));

        Assert.Contains("ExpectedRetries must not be negative (it is -1).", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ClientMetrics must be one of Auto, Always and Never (it is 7).", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_is_not_tried_again_ends_an_operation_at_once()
    {
        await using var client = new ObservedClient(new Script((400, """{"type":"error","error":{"type":"invalid_request_error","message":"no"}}""")));

        await SendAsSdkAsync(client, 1);

        Assert.Equal(["invalid_request_error"], Seen("gen_ai.client.operation.duration", "error.type"));
        Assert.Equal([1], Values("costledger.operation.attempts"));
    }

    [Theory]
    [InlineData(null, 2, 1)]
    [InlineData(2, 1, 1)]
    public async Task Of_other_clients_a_failure_counts_unless_the_retries_are_told(int? expectedRetries, int operations, int withAttempts)
    {
        await using var client = new ObservedClient(
            new Script((0, ""), (200, Answers.Body)), options => options.ExpectedRetries = expectedRetries);

        for (var i = 0; i < 2; i++)
        {
            try
            {
                using var response = await client.Http.SendAsync(NewRequest(), Token);
            }
            catch (HttpRequestException)
            {
                // The application tries again.
            }
        }

        Assert.Equal(operations, Values("gen_ai.client.operation.duration").Count());
        Assert.Equal(withAttempts, Values("costledger.operation.attempts").Count());
        Assert.Equal(["connection_error"], Seen("costledger.retry.delay", "costledger.retry.reason"));
        var rows = client.Rows();
        Assert.Equal((2, rows[0].Id), (rows[1].Attempt, rows[1].FirstAttemptId));
    }

    [Theory]
    [InlineData(ClientMetrics.Auto, 1)]
    [InlineData(ClientMetrics.Always, 1)]
    [InlineData(ClientMetrics.Never, 0)]
    public async Task The_conventions_metrics_can_be_switched_off_and_ours_stay(ClientMetrics clientMetrics, int expected)
    {
        await using var client = new ObservedClient(new Script((200, Answers.Body)), options => options.ClientMetrics = clientMetrics);

        using var response = await client.Http.SendAsync(NewRequest(), Token);

        Assert.Equal(expected, Values("gen_ai.client.operation.duration").Count());
        Assert.Single(Values("costledger.operation.duration"));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task The_time_between_pieces_is_recorded_on_demand(bool isOn, int expected)
    {
        var stream = Answers.Start + Answers.Delta + Answers.Delta + Answers.Delta + Answers.End;
        await using var client = new ObservedClient(new Script((200, stream)), options => options.EmitChunkMetrics = isOn);

        using var response = await client.Http.SendAsync(NewRequest(), Token);

        Assert.Equal(Enumerable.Repeat("claude-opus-5", expected), Seen("gen_ai.client.operation.time_per_output_chunk", "gen_ai.response.model"));
    }

    [Fact]
    public async Task Another_model_after_a_failure_is_a_fallback()
    {
        await using var client = new ObservedClient();
        var handler = client.NewHandler();
        handler.InnerHandler = new Script((200, Script.Refused), (200, Answers.Body));
        using var http = new HttpClient(new Fallback { InnerHandler = handler });

        using var response = await http.SendAsync(NewRequest(), Token);

        Assert.Equal(
            ["claude-opus-5 claude-sonnet-5 refusal"],
            Seen("costledger.fallbacks", "costledger.fallback.from_model", "costledger.fallback.to_model", "costledger.fallback.reason"));
        Assert.Equal([CallOutcome.Refused, CallOutcome.Success], client.Rows().Select(row => row.Outcome));
    }

    private HttpRequestMessage NewRequest() => Answers.NewRequest(new Uri($"http://{_host}/v1/messages"));

    private async Task SendAsSdkAsync(ObservedClient client, int attempts)
    {
        for (var i = 0; i < attempts; i++)
        {
            using var request = NewRequest();
            request.Headers.Add("x-stainless-retry-count", $"{i}");
            using var response = await client.Http.SendAsync(request, Token);
        }
    }

    private IEnumerable<double> Values(string name) => _metrics.Of(name, "server.address").Where(m => m.Tags == _host).Select(m => m.Value);

    private IEnumerable<string> Seen(string name, params string[] tags) => _metrics
        .Of(name, ["server.address", .. tags])
        .Where(m => m.Tags.StartsWith(_host, StringComparison.Ordinal))
        .Select(m => m.Tags[(_host.Length + 1)..]);

    private sealed class Fallback : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using (var refusal = await base.SendAsync(request, cancellationToken))
            {
                await refusal.Content.ReadAsStringAsync(cancellationToken);
            }

            request.Content = new StringContent(Answers.Request.Replace("claude-opus-5", "claude-sonnet-5", StringComparison.Ordinal));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
