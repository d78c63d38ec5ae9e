using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Spans;
using Xunit;

namespace Telemetry.Handler.Tests.Spans;

public sealed class SpanOwnershipTests : IDisposable
{
    private readonly ActivitySource _ours = new(new ActivitySourceOptions(Guid.NewGuid().ToString("N")));
    private readonly ActivitySource _sdk = new(new ActivitySourceOptions("sdk" + Guid.NewGuid().ToString("N")));
    private readonly HttpRequestMessage _request = Calls.Request();
    private readonly SpanCollector _theirs;

    public SpanOwnershipTests() => _theirs = new SpanCollector(_sdk.Name);

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
        _sdk.Dispose();
        _request.Dispose();
    }

    [Fact]
    public void An_inference_span_that_is_current_is_found()
    {
        using var call = StartSdkCall();

        Assert.Same(call, SpanOwnership.Find(_request));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void It_is_found_up_to_four_parents_away(int hops, bool expected)
    {
        using var call = StartSdkCall();
        var between = Enumerable.Range(0, hops).Select(i => new Activity($"between{i}").Start()).ToList();

        var found = SpanOwnership.Find(_request);
        between.Reverse();
        between.ForEach(a => a.Dispose());

        Assert.Equal(expected, found == call);
    }

    [Theory]
    [InlineData(ActivityKind.Internal, "chat")]
    [InlineData(ActivityKind.Client, "embeddings")]
    [InlineData(ActivityKind.Client, null)]
    public void Other_spans_are_not(ActivityKind kind, string? operation)
    {
        using var call = _sdk.StartActivity("x", kind)!.SetTag("gen_ai.operation.name", operation);

        Assert.Null(SpanOwnership.Find(_request));
    }

    [Fact]
    public void The_span_that_the_sdk_left_in_the_request_is_found_when_none_is_current()
    {
        var call = StartSdkCall();
        _request.Options.Set(new HttpRequestOptionsKey<Activity>("com.anthropic.sdk.csharp.call_span"), call);
        Activity.Current = null;

        Assert.Same(call, SpanOwnership.Find(_request));
        call.Stop();
        Assert.Null(SpanOwnership.Find(_request));
    }

    [Fact]
    public void An_adopted_span_is_enriched_and_the_attempt_becomes_its_child()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();
        call.SetTag("gen_ai.usage.input_tokens", 1);
        call.SetTag("anthropic.request.id", "theirs");
        var before = call.TagObjects.ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);

        var span = Start()!;
        span.Leave();
        span.Finish(Calls.End);

        Assert.Same(call, span.Adopted);
        Assert.Equal(0.010003345, call.GetTagItem("costledger.cost.amount"));
        Assert.Equal(Calls.Id.ToString(), call.GetTagItem("costledger.call.id"));
        Assert.All(before, t => Assert.Equal(t.Value, call.GetTagItem(t.Key)));
        Assert.All(call.TagObjects, t => Assert.True(before.ContainsKey(t.Key) || t.Key.StartsWith("costledger.", StringComparison.Ordinal), t.Key));
        Assert.False(call.IsStopped);
        Assert.Same(call, Activity.Current);

        var attempt = Assert.Single(spans.Stopped);
        Assert.Equal(("messages attempt", ActivityKind.Internal, call.SpanId), (attempt.DisplayName, attempt.Kind, attempt.ParentSpanId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_attempt_is_a_child_of_the_span_that_was_left_in_the_request(bool isAnotherCurrent)
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();
        _request.Options.Set(new HttpRequestOptionsKey<Activity>("com.anthropic.sdk.csharp.call_span"), call);
        Activity.Current = null;
        using var other = isAnotherCurrent ? new Activity("unrelated").Start() : null;

        Start()!.Finish(Calls.End);

        Assert.Equal((call.TraceId, call.SpanId), (spans.Stopped[0].TraceId, spans.Stopped[0].ParentSpanId));
    }

    [Fact]
    public void An_attempt_lies_below_the_innermost_span_of_the_call()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();
        using var between = new Activity("resilience").Start();

        Start()!.Finish(Calls.End);

        Assert.Equal(between.SpanId, spans.Stopped[0].ParentSpanId);
    }

    [Fact]
    public void An_attempt_at_a_url_that_must_stay_as_it_is_has_its_attributes_too()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();
        _request.RequestUri = new Uri(
            "https://user:pw@bedrock.example/model/anthropic.claude-v2%3A1/invoke?key=secret",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Start()!.Finish(Calls.End);

        var attempt = Assert.Single(spans.Stopped);
        Assert.Equal(("https://bedrock.example/model/anthropic.claude-v2%3A1/invoke", "bedrock.example"), (attempt.GetTagItem("url.full"), attempt.GetTagItem("server.address")));
    }

    [Fact]
    public void An_attempt_has_its_attributes_and_none_that_would_make_it_an_inference()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();

        Start()!.Finish(Calls.Ended(CallOutcome.Error, null, "overloaded_error", 529));

        var attempt = Assert.Single(spans.Stopped);
        Assert.DoesNotContain(attempt.TagObjects, t => t.Key.StartsWith("gen_ai.", StringComparison.Ordinal));
        Assert.Equal(("POST", "http", "http://localhost:8080/v1/messages"), (attempt.GetTagItem("http.request.method"), attempt.GetTagItem("url.scheme"), attempt.GetTagItem("url.full")));
        Assert.Equal(("localhost", 8080L, 529L), (attempt.GetTagItem("server.address"), attempt.GetTagItem("server.port"), attempt.GetTagItem("http.response.status_code")));
        Assert.Equal(("error", "overloaded_error", "req_1"), (attempt.GetTagItem("costledger.attempt.outcome"), attempt.GetTagItem("error.type"), attempt.GetTagItem("anthropic.request.id")));
        Assert.Equal(ActivityStatusCode.Error, attempt.Status);
        Assert.Equal(ActivityStatusCode.Unset, call.Status);
    }

    [Fact]
    public void A_later_attempt_replaces_what_we_wrote_of_an_earlier_one()
    {
        using var call = StartSdkCall();
        var second = CallId.Create(Calls.StartedAt.AddSeconds(1), 9);

        Start()!.Finish(Calls.End);
        Start()!.Finish(Calls.End with { Record = Calls.Record with { Id = second, Attempt = 2 }, Attempt = new AttemptInfo(2, null, RetrySource.Sdk, null) });

        Assert.Equal((second.ToString(), 2L), (call.GetTagItem("costledger.call.id"), call.GetTagItem("costledger.attempts")));
    }

    [Fact]
    public void Nothing_of_an_earlier_attempt_stays_on_an_adopted_span()
    {
        using var call = StartSdkCall();
        call.SetTag("app.tag", 1);
        var partial = Calls.Record with { Outcome = CallOutcome.Truncated, Estimate = new TokenEstimate { OutputTokens = 70, Tokenizer = "bytes" } };

        Start()!.Finish(Calls.End with { Record = partial });
        Assert.True((bool?)call.GetTagItem("costledger.usage.partial"));
        Start()!.Finish(Calls.End with
        {
            Record = Calls.Record with { Attempt = 2 },
            Attempt = new AttemptInfo(2, Calls.Id, RetrySource.Sdk, null),
            Operation = new OperationTotals(OperationEnd.Yes, default, null, new NanoUsd(3_000_000), false),
        });

        Assert.Null(call.GetTagItem("costledger.usage.partial"));
        Assert.Null(call.GetTagItem("costledger.estimate.output_tokens"));
        Assert.Equal((1, 0.003), (call.GetTagItem("app.tag"), call.GetTagItem("costledger.retry.wasted_cost")));
    }

    [Fact]
    public void An_attempt_that_ends_after_another_has_succeeded_leaves_the_adopted_span_alone()
    {
        using var call = StartSdkCall();

        Start()!.Finish(Calls.End with { Operation = new OperationTotals(OperationEnd.No, default, null, null, IsLate: true) });

        Assert.Null(call.GetTagItem("costledger.call.id"));
    }

    [Fact]
    public void An_attempt_with_another_model_says_which_one_failed()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();
        var attempt = new AttemptInfo(2, Calls.Id, RetrySource.Handler, null) { PreviousModel = "claude-opus-9", PreviousFailure = "refusal" };

        InferenceSpan.Start(_ours, new SpanOptions(), Calls.Start(_request) with { Attempt = attempt })!.Finish(Calls.End with { Attempt = attempt });

        var span = Assert.Single(spans.Stopped);
        Assert.Equal(
            ("claude-opus-9", "claude-opus-5", "refusal", "handler"),
            (span.GetTagItem("costledger.fallback.from_model"), span.GetTagItem("costledger.fallback.to_model"), span.GetTagItem("costledger.fallback.reason"), span.GetTagItem("costledger.retry.source")));
    }

    [Fact]
    public void A_span_of_the_sdk_that_nobody_samples_still_tells_which_call_it_is()
    {
        var call = new Activity("anthropic.messages.create").Start();
        _request.Options.Set(new HttpRequestOptionsKey<Activity>("com.anthropic.sdk.csharp.call_span"), call);
        Activity.Current = null;

        Assert.Null(SpanOwnership.Find(_request));
        Assert.Same(call, SpanOwnership.FindCall(_request, isInference: true));
        Assert.Same(call, SpanOwnership.FindCall(_request, isInference: false));
        call.Dispose();
    }

    [Fact]
    public void An_adopted_span_without_data_gets_no_attributes()
    {
        using var source = new ActivitySource(new ActivitySourceOptions("thin" + Guid.NewGuid().ToString("N")));
        using var listener = new SpanCollector(source.Name, ActivitySamplingResult.PropagationData);
        using var call = source.StartActivity("anthropic.messages.create", ActivityKind.Client, default(ActivityContext), [new("gen_ai.operation.name", "chat")])!;

        Start()!.Finish(Calls.End);

        Assert.Null(call.GetTagItem("costledger.call.id"));
    }

    [Fact]
    public void An_adopted_span_that_has_ended_is_left_alone()
    {
        using var spans = new SpanCollector(_ours.Name);
        var call = StartSdkCall();
        var span = Start()!;
        call.Stop();

        span.Finish(Calls.End);

        Assert.Null(call.GetTagItem("costledger.cost.amount"));
        Assert.Single(spans.Stopped);
    }

    [Fact]
    public void Adopting_can_be_switched_off()
    {
        using var spans = new SpanCollector(_ours.Name);
        using var call = StartSdkCall();

        InferenceSpan.Start(_ours, new SpanOptions { Adopt = false }, Calls.Start(_request))!.Finish(Calls.End);

        Assert.Equal("chat claude-opus-5", Assert.Single(spans.Stopped).DisplayName);
        Assert.Null(call.GetTagItem("costledger.cost.amount"));
    }

    [Fact]
    public void Without_a_listener_of_ours_the_adopted_span_is_enriched_all_the_same()
    {
        using var call = StartSdkCall();

        Start()!.Finish(Calls.End);

        Assert.Equal(0.010003345, call.GetTagItem("costledger.cost.amount"));
    }

    [Fact]
    public void The_span_of_extensions_ai_is_found_above_the_adopted_one()
    {
        using var source = new ActivitySource(new ActivitySourceOptions(SpanOwnership.ExtensionsAiSource));
        using var listener = new SpanCollector(SpanOwnership.ExtensionsAiSource);
        using var outer = source.StartActivity("chat", ActivityKind.Client)!.SetTag("gen_ai.operation.name", "chat");
        using var call = StartSdkCall();

        Assert.Same(call, SpanOwnership.Find(_request));
        Assert.Same(outer, SpanOwnership.FindExtensionsAi(call));
        Assert.Null(SpanOwnership.FindExtensionsAi(null));
    }

    private InferenceSpan? Start() => InferenceSpan.Start(_ours, new SpanOptions(), Calls.Start(_request));

    private Activity StartSdkCall() =>
        _sdk.StartActivity("anthropic.messages.create", ActivityKind.Client)!.SetTag("gen_ai.operation.name", "chat");
}
