using System.Diagnostics.Metrics;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Tests.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Metrics;

public sealed class CallMetricsTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Fact]
    public void A_call_is_metered_by_the_conventions_of_1_41()
    {
        using var metrics = Record(SemanticConventions.V141, Calls.End);

        Assert.Equal([(1000, "input chat anthropic"), (50, "output chat anthropic")], metrics.Of(
            "gen_ai.client.token.usage", "gen_ai.token.type", "gen_ai.operation.name", "gen_ai.provider.name"));
        Assert.Equal([(4, "claude-opus-5 claude-opus-5-20260724 localhost 8080")], metrics.Of(
            "gen_ai.client.operation.duration", "gen_ai.request.model", "gen_ai.response.model", "server.address", "server.port"));
        Assert.Equal([(0.5, "chat")], metrics.Of("gen_ai.client.operation.time_to_first_chunk", "gen_ai.operation.name"));
        Assert.Empty(metrics.Of("gen_ai.client.inference.duration"));
    }

    [Fact]
    public void A_call_is_metered_by_the_newest_conventions()
    {
        using var metrics = Record(SemanticConventions.Latest, Calls.End);

        Assert.Equal([(1000, "unknown")], metrics.Of("gen_ai.client.inference.usage.input_tokens", "gen_ai.token.modality"));
        Assert.Equal([(50, "unknown")], metrics.Of("gen_ai.client.inference.usage.output_tokens", "gen_ai.token.modality"));
        Assert.Equal([(600, "unknown")], metrics.Of("gen_ai.client.inference.usage.cache_read.input_tokens", "gen_ai.token.modality"));
        Assert.Equal([(100, "5m"), (200, "1h")], metrics.Of("gen_ai.client.inference.usage.cache_write.input_tokens", "costledger.cache.ttl"));
        Assert.Equal([(20, "unknown")], metrics.Of("gen_ai.client.inference.usage.reasoning.output_tokens", "gen_ai.token.modality"));
        Assert.Equal([(1000, "")], metrics.Of("gen_ai.client.inference.operation.input_tokens", "error.type"));
        Assert.Equal([(50, "")], metrics.Of("gen_ai.client.inference.operation.output_tokens", "error.type"));
        Assert.Equal([(4, "")], metrics.Of("gen_ai.client.inference.duration", "error.type"));
        Assert.Equal([(0.5, "")], metrics.Of("gen_ai.client.inference.time_to_first_chunk", "error.type"));
        Assert.Empty(metrics.Of("gen_ai.client.token.usage"));
    }

    [Fact]
    public void Both_conventions_can_be_recorded()
    {
        using var metrics = Record(SemanticConventions.Both, Calls.End);

        Assert.Single(metrics.Of("gen_ai.client.operation.duration"));
        Assert.Single(metrics.Of("gen_ai.client.inference.duration"));
    }

    [Fact]
    public void Costs_and_tokens_are_divided_into_parts_that_add_up()
    {
        using var metrics = Record(SemanticConventions.V141, Calls.End);

        var cost = metrics.Of("costledger.cost", "costledger.cost.component").ToList();
        Assert.Equal(["input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "server_tools"], cost.Select(c => c.Tags), StringComparer.Ordinal);
        Assert.Equal(0.010003345, cost.Sum(c => c.Value), 12);
        Assert.Equal([(0.010003345, "")], metrics.Of("costledger.operation.cost"));
        Assert.Equal(
            [
                (100, "input_uncached"), (600, "cache_read"), (100, "cache_write_5m"), (200, "cache_write_1h"), (50, "output"), (20, "thinking"),
                (1000, "compaction_in"), (10, "compaction_in"), (5, "compaction_out"),
            ],
            metrics.Of("costledger.tokens", "costledger.token.kind"));
    }

    [Fact]
    public void Compaction_and_an_advisor_are_paid_for_apart_and_all_adds_up()
    {
        var usage = new TokenUsage
        {
            InputTokens = 100,
            OutputTokens = 50,
            Iterations =
            [
                new UsageIteration { Type = "compaction", InputTokens = 1_000, OutputTokens = 5 },
                new UsageIteration { Type = "advisor_message", Model = "claude-opus-4-8", InputTokens = 200, CacheReadInputTokens = 30, OutputTokens = 20 },
                new UsageIteration { Type = "message", InputTokens = 100, OutputTokens = 50 },
            ],
        };
        var record = Calls.Record with { ModelRequested = "claude-sonnet-4-6", ModelServed = "claude-sonnet-4-6", Usage = usage };
        var breakdown = PriceBook.Default.Price(PricingRequest.From(record));
        using var metrics = Record(SemanticConventions.V141, new CallEnd { Record = record with { Cost = breakdown.Cost }, Breakdown = breakdown });

        var cost = metrics.Of("costledger.cost", "costledger.cost.component").ToDictionary(c => c.Tags, c => c.Value, StringComparer.Ordinal);
        Assert.Equal(["input", "output", "compaction", "advisor"], cost.Keys, StringComparer.Ordinal);
        Assert.Equal(breakdown.Cost.Total!.Value.ToDouble(), cost.Values.Sum(), 12);
        Assert.Equal((100 * 3 + 0.0) / 1_000_000, cost["input"], 12);
        Assert.Equal((1_000 * 3 + 5 * 15.0) / 1_000_000, cost["compaction"], 12);
        Assert.Equal(
            [(100, "input_uncached"), (50, "output"), (1_000, "compaction_in"), (5, "compaction_out"), (200, "advisor_in"), (30, "advisor_in"), (20, "advisor_out")],
            metrics.Of("costledger.tokens", "costledger.token.kind"));
    }

    [Fact]
    public void An_attempt_whose_operation_goes_on_is_an_attempt_and_no_operation()
    {
        using var metrics = Record(SemanticConventions.Both, Calls.End with { Operation = new OperationTotals(OperationEnd.No, default, null, null, false) });

        Assert.Single(metrics.Of("costledger.attempts"));
        Assert.NotEmpty(metrics.Of("costledger.cost"));
        string[] silent =
        [
            "gen_ai.client.operation.duration", "gen_ai.client.token.usage", "gen_ai.client.inference.duration", "costledger.operation.duration",
            "costledger.operation.attempts", "costledger.operation.cost", "gen_ai.client.inference.usage.input_tokens",
        ];
        Assert.All(silent, name => Assert.Empty(metrics.Of(name)));
    }

    [Fact]
    public void An_operation_lasts_from_its_first_attempt()
    {
        var end = Calls.End with { Operation = new OperationTotals(OperationEnd.Yes, TimeSpan.FromSeconds(10), new NanoUsd(2_000_000_000), null, false) };
        using var metrics = Record(SemanticConventions.Both, end);

        Assert.Equal([(14, "")], metrics.Of("gen_ai.client.operation.duration", "error.type"));
        Assert.Equal([(14, "")], metrics.Of("gen_ai.client.inference.duration", "error.type"));
        Assert.Equal([(10.5, "")], metrics.Of("gen_ai.client.operation.time_to_first_chunk", "error.type"));
        Assert.Equal([(14, "")], metrics.Of("costledger.operation.duration", "error.type"));
        Assert.Equal([(2, "")], metrics.Of("costledger.operation.cost", "error.type"));
    }

    [Fact]
    public void An_answer_by_another_model_that_the_api_chose_is_a_fallback()
    {
        var record = Calls.Record with
        {
            ModelServed = "claude-sonnet-5",
            Usage = Calls.Usage with { Iterations = [new UsageIteration { Type = "message" }, new UsageIteration { Type = "fallback_message", Model = "claude-sonnet-5" }] },
        };
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = record });

        Assert.Equal([(1, "claude-opus-5 claude-sonnet-5 server")], metrics.Of(
            "costledger.fallbacks", "costledger.fallback.from_model", "costledger.fallback.to_model", "costledger.fallback.reason"));
    }

    [Fact]
    public void Cache_writes_that_are_not_divided_count_as_five_minutes()
    {
        var usage = new TokenUsage { InputTokens = 1, CacheCreationInputTokens = 500, CacheCreation1hInputTokens = 100 };
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = Calls.Record with { Usage = usage } });

        Assert.Equal([(1, "input_uncached"), (400, "cache_write_5m"), (100, "cache_write_1h")], metrics.Of("costledger.tokens", "costledger.token.kind"));
    }

    [Fact]
    public void Attempts_and_streams_are_metered()
    {
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = Calls.Record with { Attempt = 3 }, Attempt = new AttemptInfo(3, null, RetrySource.Sdk, null) });

        Assert.Equal([(1, "success 200 sdk ")], metrics.Of(
            "costledger.attempts", "costledger.attempt.outcome", "http.response.status_code", "costledger.retry.source", "error.type"));
        Assert.Equal([(3, "")], metrics.Of("costledger.operation.attempts"));
        Assert.Equal([(4, "True")], metrics.Of("costledger.operation.duration", "costledger.stream"));
        Assert.Equal([(0.3, "")], metrics.Of("costledger.stream.first_event"));
        Assert.Equal([(1.5, "")], metrics.Of("costledger.stream.max_gap"));
        Assert.Equal([(1, "message_stop")], metrics.Of("costledger.stream.ends", "costledger.stream.end"));
    }

    [Fact]
    public void A_failure_is_an_error_and_used_no_tokens()
    {
        var end = new CallEnd
        {
            Record = new CallRecord
            {
                Id = Calls.Id,
                Provider = Provider.Bedrock,
                Operation = Operation.Messages,
                ModelRequested = "anthropic.claude-opus-5",
                HttpStatus = 529,
                Outcome = CallOutcome.Error,
                Cost = new CallCost { Basis = CostBasis.Unpriced },
            },
        };
        using var metrics = Record(SemanticConventions.Both, end);

        Assert.Equal([(0, "529 aws.bedrock")], metrics.Of("gen_ai.client.operation.duration", "error.type", "gen_ai.provider.name"));
        Assert.Equal([(1, "error 529 529")], metrics.Of("costledger.attempts", "costledger.attempt.outcome", "error.type", "http.response.status_code"));
        Assert.Equal([(0, "unknown")], metrics.Of("gen_ai.client.inference.usage.input_tokens", "gen_ai.token.modality"));
        Assert.Equal([(0, "529")], metrics.Of("gen_ai.client.inference.operation.output_tokens", "error.type"));
        string[] silent = ["gen_ai.client.token.usage", "costledger.cost", "costledger.operation.cost", "costledger.tokens"];
        Assert.All(silent, name => Assert.Empty(metrics.Of(name)));
    }

    [Fact]
    public void Of_output_that_was_only_estimated_no_tokens_are_counted()
    {
        var record = Calls.Record with { Estimate = new TokenEstimate { OutputTokens = 70 }, Outcome = CallOutcome.Canceled, StreamEnd = StreamEnd.Disposed };
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = record });

        Assert.DoesNotContain(metrics.Of("costledger.tokens", "costledger.token.kind"), t => string.Equals(t.Tags, "output", StringComparison.Ordinal));
        Assert.Equal([(1000, "input")], metrics.Of("gen_ai.client.token.usage", "gen_ai.token.type"));
        Assert.Equal([(1, "disposed")], metrics.Of("costledger.stream.ends", "costledger.stream.end"));
    }

    [Fact]
    public void A_token_count_is_an_attempt_and_no_inference()
    {
        var record = Calls.Record with { Operation = Operation.CountTokens, Usage = new TokenUsage { InputTokens = 42 } };
        using var metrics = Record(SemanticConventions.Both, Calls.End with { Record = record });

        Assert.Equal([(1, "count_tokens ")], metrics.Of("costledger.attempts", "costledger.operation", "gen_ai.operation.name"));
        string[] silent = ["gen_ai.client.token.usage", "gen_ai.client.operation.duration", "gen_ai.client.inference.duration", "costledger.tokens", "costledger.cost"];
        Assert.All(silent, name => Assert.Empty(metrics.Of(name)));
    }

    [Fact]
    public void The_error_of_an_estimate_is_metered()
    {
        var record = Calls.Record with { Estimate = new TokenEstimate { InputTokens = 1_100, Tokenizer = "claude" } };
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = record });

        Assert.Equal([(0.1, "claude")], metrics.Of("costledger.estimate.error_ratio", "costledger.estimate.tokenizer"));
    }

    [Fact]
    public void The_conventions_metrics_can_be_left_to_somebody_else()
    {
        using var telemetry = new HandlerTelemetry(_name, SemanticConventions.Both);
        using var metrics = new MetricCollector(_name);

        telemetry.Calls.Record(Calls.End, withConventions: false);

        Assert.Empty(metrics.Of("gen_ai.client.operation.duration"));
        Assert.Empty(metrics.Of("gen_ai.client.inference.duration"));
        Assert.Single(metrics.Of("costledger.operation.cost"));
    }

    [Fact]
    public void No_metric_has_an_id_or_a_label()
    {
        using var metrics = Record(SemanticConventions.Both, Calls.End);

        string[] known =
        [
            "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "server.address", "server.port",
            "costledger.attempt.outcome", "http.response.status_code",
        ];
        Assert.Equal(known, metrics.TagsOf("costledger.attempts"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("[::1]:8080", "[::1] 8080")]
    [InlineData("api.anthropic.com", "api.anthropic.com ")]
    [InlineData("[::1]", "[::1] ")]
    [InlineData(null, " ")]
    public void The_host_is_divided_from_its_port(string? host, string expected)
    {
        using var metrics = Record(SemanticConventions.V141, Calls.End with { Record = Calls.Record with { Host = host } });

        Assert.Equal([(1, expected)], metrics.Of("costledger.attempts", "server.address", "server.port"));
    }

    [Fact]
    public void Instruments_have_the_units_and_bounds_of_the_contract()
    {
        using var telemetry = new HandlerTelemetry(_name, SemanticConventions.Both);
        using var metrics = new MetricCollector(_name);
        var units = metrics.Instruments.ToDictionary(i => i.Name, i => i.Unit, StringComparer.Ordinal);

        Assert.Equal(("{token}", "s", "{USD}", "{token}"), (units["gen_ai.client.token.usage"], units["gen_ai.client.operation.duration"], units["costledger.cost"], units["costledger.tokens"]));
        Assert.Equal(14, Bounds<double>(metrics, "gen_ai.client.operation.duration").Count);
        Assert.Equal(18, Bounds<double>(metrics, "costledger.operation.duration").Count);
        Assert.Equal([1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864], Bounds<long>(metrics, "gen_ai.client.token.usage"));
        Assert.Equal([0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30], Bounds<double>(metrics, "costledger.operation.cost"));
    }

    private static IReadOnlyList<T> Bounds<T>(MetricCollector metrics, string name)
        where T : struct =>
        ((Histogram<T>)metrics.Instruments.Single(i => string.Equals(i.Name, name, StringComparison.Ordinal))).Advice!.HistogramBucketBoundaries!;

    private MetricCollector Record(SemanticConventions conventions, CallEnd end)
    {
        using var telemetry = new HandlerTelemetry(_name, conventions);
        var metrics = new MetricCollector(_name);
        telemetry.Calls.Record(end, withConventions: true);
        return metrics;
    }
}
