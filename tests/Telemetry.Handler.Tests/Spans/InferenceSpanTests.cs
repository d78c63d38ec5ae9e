using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Names;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Spans;

public sealed class InferenceSpanTests : IDisposable
{
    private readonly ActivitySource _source = new(new ActivitySourceOptions(Guid.NewGuid().ToString("N")));
    private readonly HttpRequestMessage _request = Calls.Request();
    private readonly SpanOptions _options = new();

    public void Dispose()
    {
        _source.Dispose();
        _request.Dispose();
    }

    [Fact]
    public void Without_a_listener_nothing_starts()
    {
        Assert.Null(InferenceSpan.Start(_source, _options, Calls.Start(_request)));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void The_sampler_sees_what_the_contract_says()
    {
        using var spans = new SpanCollector(_source.Name);

        InferenceSpan.Start(_source, _options, Calls.Start(_request))!.Finish(Calls.End);

        Assert.Equal(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "anthropic",
                ["gen_ai.request.model"] = "claude-opus-5",
                ["server.address"] = "localhost",
                ["server.port"] = 8080,
            },
            spans.SeenBySampler);
    }

    [Fact]
    public void A_whole_call_has_all_attributes_of_the_contract()
    {
        var span = Trace(Calls.End with { IsCompacted = true });

        Assert.Equal(("chat claude-opus-5", ActivityKind.Client, ActivityStatusCode.Unset), (span.DisplayName, span.Kind, span.Status));
        Assert.Equal(Calls.StartedAt.UtcDateTime, span.StartTimeUtc);
        Assert.Equal(TimeSpan.FromSeconds(4), span.Duration);
        AssertTags(span, ConventionTags());
        AssertTags(span, OwnTags());
        Assert.Equal(["end_turn"], Assert.IsType<string[]>(span.GetTagItem("gen_ai.response.finish_reasons")));
        Assert.Equal(["beta-1"], Assert.IsType<string[]>(span.GetTagItem("anthropic.beta")));
        Assert.Equal(["long_context", "geo"], Assert.IsType<string[]>(span.GetTagItem("costledger.pricing.modifier")));
        Assert.True(span.TagObjects.Count() < 128, "the exporter drops attributes beyond 128");
    }

    private static Dictionary<string, object> ConventionTags() => new(StringComparer.Ordinal)
    {
        ["gen_ai.request.stream"] = true,
        ["gen_ai.request.max_tokens"] = 1024L,
        ["gen_ai.request.temperature"] = 0.5,
        ["gen_ai.request.top_p"] = 0.9,
        ["gen_ai.request.top_k"] = 40L,
        ["gen_ai.request.reasoning.level"] = "high",
        ["gen_ai.output.type"] = "json",
        ["gen_ai.conversation.id"] = "talk-1",
        ["gen_ai.conversation.compacted"] = true,
        ["gen_ai.response.id"] = "msg_1",
        ["gen_ai.response.model"] = "claude-opus-5-20260724",
        ["gen_ai.response.time_to_first_chunk"] = 0.5,
        ["gen_ai.usage.input_tokens"] = 1000L,
        ["gen_ai.usage.output_tokens"] = 50L,
        ["gen_ai.usage.cache_read.input_tokens"] = 600L,
        ["gen_ai.usage.cache_creation.input_tokens"] = 300L,
        ["gen_ai.usage.cache_write.input_tokens"] = 300L,
        ["gen_ai.usage.reasoning.output_tokens"] = 20L,
        ["anthropic.request.id"] = "req_1",
        ["anthropic.organization.id"] = "org",
        ["anthropic.workspace.id"] = "ws",
        ["anthropic.request.service_tier"] = "auto",
        ["anthropic.response.service_tier"] = "standard",
        ["anthropic.message.stop_reason"] = "end_turn",
        ["anthropic.thinking.type"] = "enabled",
        ["anthropic.thinking.budget_tokens"] = 512L,
        ["anthropic.usage.cache_creation.ephemeral_5m_input_tokens"] = 100L,
        ["anthropic.usage.cache_creation.ephemeral_1h_input_tokens"] = 200L,
        ["anthropic.usage.compaction.input_tokens"] = 1010L,
        ["anthropic.usage.compaction.output_tokens"] = 5L,
        ["http.response.status_code"] = 200L,
        ["network.protocol.version"] = "2",
    };

    private static Dictionary<string, object> OwnTags() => new(StringComparer.Ordinal)
    {
        ["costledger.call.id"] = Calls.Id.ToString(),
        ["costledger.platform"] = "anthropic",
        ["costledger.attempts"] = 1L,
        ["costledger.cost.amount"] = 0.010003345,
        ["costledger.cost.currency"] = "USD",
        ["costledger.cost.source"] = "local",
        ["costledger.cost.basis"] = "measured",
        ["costledger.cost.complete"] = true,
        ["costledger.cost.input"] = 0.000001,
        ["costledger.cost.output"] = 0.000002,
        ["costledger.cost.cache_read"] = 0.0000003,
        ["costledger.cost.cache_write_5m"] = 0.00000004,
        ["costledger.cost.cache_write_1h"] = 0.000000005,
        ["costledger.cost.server_tools"] = 0.01,
        ["costledger.cost.saved_by_cache"] = -0.0000007,
        ["costledger.pricing.version"] = "2026-11-20",
        ["costledger.pricing.tier"] = "standard",
        ["costledger.cache.read_ratio"] = 0.6,
        ["costledger.cache.breakpoints"] = 2L,
        ["costledger.usage.web_search_requests"] = 1L,
        ["costledger.attempt.ordinal"] = 1L,
        ["costledger.attempt.outcome"] = "success",
        ["costledger.attempt.backend"] = "anthropic",
        ["costledger.stream.headers_s"] = 0.2,
        ["costledger.stream.first_event_s"] = 0.3,
        ["costledger.stream.max_gap_s"] = 1.5,
        ["costledger.stream.chunks"] = 9L,
        ["costledger.stream.events"] = 8L,
        ["costledger.stream.bytes"] = 900L,
        ["costledger.stream.pings"] = 1L,
        ["costledger.stream.content_blocks"] = 2L,
        ["costledger.stream.end"] = "message_stop",
    };

    [Fact]
    public void Nothing_that_names_a_person_or_a_key_is_on_a_span()
    {
        var span = Trace(Calls.End);

        Assert.DoesNotContain(span.TagObjects, t => t.Value is string text
            && (text.Contains("secret", StringComparison.Ordinal) || text.Contains("pw", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_not_known_is_absent()
    {
        using var spans = new SpanCollector(_source.Name);
        var start = Calls.Start(_request) with { Snapshot = RequestSnapshot.Unknown, Labels = CallLabels.None };
        var record = new CallRecord
        {
            Id = Calls.Id,
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = CallOutcome.Error,
            Cost = new CallCost { Basis = CostBasis.Unpriced },
        };

        InferenceSpan.Start(_source, _options, start)!.Finish(new CallEnd { Record = record });

        var span = Assert.Single(spans.Stopped);
        Assert.Equal("chat", span.DisplayName);
        Assert.DoesNotContain(span.TagObjects, t => t.Key.StartsWith("gen_ai.usage", StringComparison.Ordinal)
            || t.Key.StartsWith("gen_ai.response", StringComparison.Ordinal)
            || t.Key is "costledger.cost.amount" or "gen_ai.request.model" or "gen_ai.request.stream" or "gen_ai.conversation.id");
        Assert.Equal("unpriced", span.GetTagItem("costledger.cost.basis"));
        Assert.Equal("connection_error", span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(CallOutcome.Success, StreamEnd.MessageStop, null, 200, null)]
    [InlineData(CallOutcome.Refused, StreamEnd.MessageStop, null, 200, null)]
    [InlineData(CallOutcome.Canceled, StreamEnd.Disposed, null, 200, null)]
    [InlineData(CallOutcome.Canceled, StreamEnd.Canceled, "anything", 200, null)]
    [InlineData(CallOutcome.Truncated, StreamEnd.EofWithoutStop, null, 200, "stream_truncated")]
    [InlineData(CallOutcome.Timeout, null, null, null, "client_timeout_error")]
    [InlineData(CallOutcome.Error, StreamEnd.ErrorEvent, "overloaded_error", 200, "overloaded_error")]
    [InlineData(CallOutcome.Error, null, null, 529, "529")]
    [InlineData(CallOutcome.Error, null, null, null, "connection_error")]
    [InlineData(CallOutcome.Error, null, null, 200, "client_error")]
    public void The_status_is_an_error_only_for_errors(CallOutcome outcome, StreamEnd? end, string? type, int? status, string? expected)
    {
        var span = Trace(Calls.Ended(outcome, end, type, status));

        Assert.Equal(expected is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status);
        Assert.Equal(expected, span.GetTagItem("error.type"));
        Assert.Equal(end?.Name(), span.GetTagItem("costledger.stream.end"));
    }

    [Theory]
    [InlineData(CallOutcome.Truncated, StreamEnd.EofWithoutStop, 200, true)]
    [InlineData(CallOutcome.Error, StreamEnd.ErrorEvent, 200, true)]
    [InlineData(CallOutcome.Canceled, StreamEnd.Disposed, 200, false)]
    [InlineData(CallOutcome.Error, null, 429, false)]
    [InlineData(CallOutcome.Error, StreamEnd.MessageStop, 529, false)]
    public void A_stream_that_failed_has_finished_by_an_error(CallOutcome outcome, StreamEnd? end, int status, bool expected)
    {
        var reasons = Trace(Calls.Ended(outcome, end, null, status)).GetTagItem("gen_ai.response.finish_reasons");

        Assert.Equal(expected ? ["error"] : null, (string[]?)reasons);
    }

    [Fact]
    public void Of_a_stream_that_broke_off_the_output_is_marked_as_partial()
    {
        var span = Trace(Calls.End with
        {
            Record = Calls.Record with { Estimate = new TokenEstimate { OutputTokens = 33, OutputTokensLow = 20, Tokenizer = "bytes" } },
        });

        Assert.Null(span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal((true, 33L, "bytes"), (span.GetTagItem("costledger.usage.partial"), span.GetTagItem("costledger.estimate.output_tokens"), span.GetTagItem("costledger.estimate.tokenizer")));
    }

    [Theory]
    [InlineData(CostBasis.Measured, null, true)]
    [InlineData(CostBasis.Unbilled, null, true)]
    [InlineData(CostBasis.Estimated, null, false)]
    [InlineData(CostBasis.Measured, CostMarks.IterationUnpriced, false)]
    [InlineData(CostBasis.Measured, CostMarks.SplitUnknown, true)]
    public void A_cost_is_complete_when_nothing_is_missing_from_it(CostBasis basis, string? mark, bool expected)
    {
        var cost = Calls.Cost with { Basis = basis, Marks = mark is null ? [] : [mark] };

        Assert.Equal(expected, Trace(Calls.End with { Record = Calls.Record with { Cost = cost } }).GetTagItem("costledger.cost.complete"));
    }

    [Theory]
    [InlineData(SemanticConventions.V141, 300L)]
    [InlineData(SemanticConventions.Latest, null)]
    [InlineData(SemanticConventions.Both, 300L)]
    public void The_old_name_of_cache_writes_goes_with_the_newest_conventions(SemanticConventions conventions, long? expected)
    {
        var span = Trace(Calls.End, _options with { Conventions = conventions });

        Assert.Equal(expected, span.GetTagItem("gen_ai.usage.cache_creation.input_tokens"));
        Assert.Equal(300L, span.GetTagItem("gen_ai.usage.cache_write.input_tokens"));
    }

    [Fact]
    public void The_alias_of_the_cost_is_written_on_demand()
    {
        Assert.Null(Trace(Calls.End).GetTagItem("gen_ai.usage.cost.amount"));
        var span = Trace(Calls.End, _options with { CostAlias = true });
        Assert.Equal((0.010003345, "USD", "local"), (span.GetTagItem("gen_ai.usage.cost.amount"), span.GetTagItem("gen_ai.usage.cost.currency"), span.GetTagItem("gen_ai.usage.cost.source")));
    }

    [Fact]
    public void A_token_count_is_no_inference()
    {
        using var request = Calls.Request("https://api.anthropic.com/v1/messages/count_tokens");
        using var spans = new SpanCollector(_source.Name);
        var record = Calls.Record with { Operation = Operation.CountTokens, Usage = new TokenUsage { InputTokens = 42 }, IsStream = false };

        InferenceSpan.Start(_source, _options, Calls.Start(request))!.Finish(new CallEnd { Record = record });

        var span = Assert.Single(spans.Stopped);
        Assert.Equal(("count_tokens claude-opus-5", "count_tokens", 42L), (span.DisplayName, span.GetTagItem("costledger.operation"), span.GetTagItem("anthropic.message.count_tokens.input_tokens")));
        Assert.DoesNotContain(span.TagObjects, t => t.Key is "gen_ai.operation.name" or "gen_ai.provider.name" || t.Key.StartsWith("gen_ai.usage", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_that_is_known_late_names_the_span_late()
    {
        using var spans = new SpanCollector(_source.Name);
        var span = InferenceSpan.Start(_source, _options, Calls.Start(_request) with { Snapshot = RequestSnapshot.Unknown })!;

        span.Describe(Calls.Snapshot);
        span.Finish(Calls.End);

        Assert.Equal(("chat claude-opus-5", "claude-opus-5"), (spans.Stopped[0].DisplayName, spans.Stopped[0].GetTagItem("gen_ai.request.model")));
    }

    [Fact]
    public void A_retry_links_to_the_attempt_before()
    {
        var previous = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var spans = new SpanCollector(_source.Name);
        var start = Calls.Start(_request) with { Attempt = new AttemptInfo(3, null, RetrySource.Sdk, previous) };

        InferenceSpan.Start(_source, _options, start)!.Finish(Calls.End);

        var span = Assert.Single(spans.Stopped);
        var link = Assert.Single(span.Links);
        Assert.Equal(previous, link.Context);
        Assert.Equal([new("costledger.link.kind", "retry_of")], link.Tags!);
        Assert.Equal((2L, "sdk"), (span.GetTagItem("http.request.resend_count"), span.GetTagItem("costledger.retry.source")));
    }

    [Fact]
    public void A_span_that_is_not_sampled_gets_no_attributes()
    {
        using var spans = new SpanCollector(_source.Name, ActivitySamplingResult.PropagationData);

        InferenceSpan.Start(_source, _options, Calls.Start(_request))!.Finish(Calls.End);

        Assert.DoesNotContain(Assert.Single(spans.Stopped).TagObjects, t => t.Key.StartsWith("costledger", StringComparison.Ordinal));
    }

    [Fact]
    public void It_ends_once()
    {
        using var spans = new SpanCollector(_source.Name);
        var span = InferenceSpan.Start(_source, _options, Calls.Start(_request))!;

        Parallel.For(0, 8, _ => span.Finish(Calls.End));
        span.Finish(Calls.Ended(CallOutcome.Error, null, "late"));

        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(spans.Stopped).Status);
    }

    private static void AssertTags(Activity span, Dictionary<string, object> expected)
    {
        foreach (var (name, value) in expected)
        {
            Assert.Equal((name, value), (name, span.GetTagItem(name)));
        }
    }

    private Activity Trace(CallEnd end, SpanOptions? options = null)
    {
        using var spans = new SpanCollector(_source.Name);
        InferenceSpan.Start(_source, options ?? _options, Calls.Start(_request))!.Finish(end);
        return Assert.Single(spans.Stopped);
    }
}
