using System.Diagnostics;
using System.Runtime.CompilerServices;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

/// <summary>Which attempts are one logical call.</summary>
public sealed class AttemptGroupsTests : IDisposable
{
    private readonly Sender _sender = new();

    public void Dispose() => _sender.Dispose();

    [Fact]
    public void A_first_attempt_is_its_own_first()
    {
        Assert.Equal(new AttemptInfo(1, new CallId(1), RetrySource.Unknown, null), _sender.Send(retryCount: 0).Info);
    }

    [Fact]
    public void A_message_that_is_sent_again_belongs_to_its_first_sending_however_that_ended()
    {
        var message = _sender.Message();
        Sender.End(_sender.Send(message: message));

        var again = _sender.Send(message: message).Info;

        Assert.Equal((2, new CallId(1), RetrySource.Handler), (again.Ordinal, again.FirstAttemptId, again.Source));
    }

    [Fact]
    public void A_message_sent_again_within_a_retry_of_the_sdk_counts_on()
    {
        var message = _sender.Message();
        _sender.Send(retryCount: 1, message: message);

        var again = _sender.Send(retryCount: 1, message: message).Info;

        Assert.Equal((3, RetrySource.Handler), (again.Ordinal, again.Source));
    }

    [Fact]
    public void Attempts_below_the_sdks_span_are_one_call_whatever_their_model_and_body()
    {
        using var span = SdkSpan();
        Sender.End(_sender.Send("one", 0, span), CallOutcome.Refused, model: "opus");
        var other = _sender.Send("two", 0, span).Info;
        using var next = SdkSpan();

        Assert.Equal((2, new CallId(1), RetrySource.Handler), (other.Ordinal, other.FirstAttemptId, other.Source));
        Assert.Equal(("opus", "refusal", "opus"), (other.PreviousModel, other.PreviousFailure, other.FellBackFrom("sonnet")));
        Assert.Null(other.FellBackFrom("Opus"));
        Assert.Equal(1, _sender.Send("two", 0, next).Info.Ordinal);
    }

    [Fact]
    public void Below_another_span_a_success_ends_the_call()
    {
        using var span = new Activity("chat").Start();
        Sender.Fail(_sender.Send("one", span: span));
        Sender.End(_sender.Send("two", span: span));
        var third = _sender.Send("three", span: span);

        Assert.Equal((1, new CallId(3)), (third.Info.Ordinal, third.Info.FirstAttemptId));
    }

    [Fact]
    public void The_sdk_counts_in_a_header_and_the_body_tells_which_call_it_is()
    {
        Sender.Fail(_sender.Send("one", retryCount: 0));
        Sender.Fail(_sender.Send("two", retryCount: 0));

        var retry = _sender.Send("one", retryCount: 1);

        Assert.Equal((2, new CallId(1), RetrySource.Sdk), (retry.Info.Ordinal, retry.Info.FirstAttemptId, retry.Info.Source));
    }

    [Fact]
    public void A_retry_whose_first_attempt_was_not_seen_says_so_and_later_ones_belong_to_it()
    {
        var seen = _sender.Send(retryCount: 1);
        Sender.Fail(seen);
        var later = _sender.Send(retryCount: 2);

        Assert.Equal(new AttemptInfo(2, null, RetrySource.Sdk, null), seen.Info);
        Assert.Equal((3, new CallId(1)), (later.Info.Ordinal, later.Info.FirstAttemptId));
    }

    [Theory]
    [InlineData(CallOutcome.Error, 529)]
    [InlineData(CallOutcome.Error, 400)]
    [InlineData(CallOutcome.Error, null)]
    [InlineData(CallOutcome.Timeout, null)]
    [InlineData(CallOutcome.Truncated, 200)]
    [InlineData(CallOutcome.Canceled, 200)]
    public void The_same_body_after_a_failure_is_another_attempt(CallOutcome outcome, int? status)
    {
        Sender.End(_sender.Send(), outcome, status);

        var again = _sender.Send().Info;

        Assert.Equal((2, new CallId(1), RetrySource.Unknown), (again.Ordinal, again.FirstAttemptId, again.Source));
    }

    [Theory]
    [InlineData(CallOutcome.Success)]
    [InlineData(CallOutcome.Refused)]
    public void The_same_body_after_an_answer_is_another_call(CallOutcome outcome)
    {
        Sender.End(_sender.Send(), outcome);

        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void The_same_body_while_the_first_still_runs_is_another_call()
    {
        _sender.Send();

        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void The_same_body_for_another_purpose_is_another_call()
    {
        Sender.Fail(_sender.Send(operation: Operation.CountTokens));

        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void A_failure_is_continued_once()
    {
        Sender.Fail(_sender.Send());

        Assert.Equal(2, _sender.Send().Info.Ordinal);
        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void A_failure_that_was_tried_again_as_the_same_message_is_not_continued_by_a_new_one()
    {
        var message = _sender.Message();
        Sender.Fail(_sender.Send(message: message));
        _sender.Send(message: message);

        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void A_failure_is_forgotten_two_minutes_after_it_happened()
    {
        var first = _sender.Send();
        _sender.Time.Pass(TimeSpan.FromMinutes(10));
        Sender.Fail(first);
        _sender.Time.Pass(FailedCalls.Lifetime);
        var second = _sender.Send();
        Sender.Fail(second);
        _sender.Time.Pass(FailedCalls.Lifetime + TimeSpan.FromTicks(1));

        Assert.Equal(2, second.Info.Ordinal);
        Assert.Equal(1, _sender.Send().Info.Ordinal);
    }

    [Fact]
    public void Only_so_many_failures_are_remembered()
    {
        for (var i = 0; i <= FailedCalls.Most; i++)
        {
            Sender.Fail(_sender.Send($"body {i}"));
        }

        Assert.Equal(1, _sender.Send("body 0").Info.Ordinal);
        Assert.Equal(2, _sender.Send($"body {FailedCalls.Most}").Info.Ordinal);
    }

    [Fact]
    public void A_status_that_is_a_failure_is_enough_since_nobody_may_read_its_body()
    {
        var first = _sender.Send();
        first.Answered(529, shouldRetry: null);
        _sender.Time.Pass(TimeSpan.FromSeconds(3));

        var again = _sender.Send().Info;

        Assert.Equal((2, "529", TimeSpan.FromSeconds(3)), (again.Ordinal, again.PreviousFailure, again.Delay));
        Assert.Equal(OperationEnd.No, Sender.Fail(first).End);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_around_the_sdk_goes_on_where_the_sdk_has_given_up(bool isBodyLate)
    {
        using var sender = new Sender { IsBodyLate = isBodyLate };
        Sender.Fail(sender.Send(retryCount: 0));
        Sender.Fail(sender.Send(retryCount: 1));
        Sender.Fail(sender.Send(retryCount: 2));
        var loop = sender.Send(retryCount: 0);
        Sender.Fail(loop);
        var retry = sender.Send(retryCount: 1);

        Assert.Equal((4, new CallId(1), "529"), (loop.Info.Ordinal, loop.Info.FirstAttemptId, loop.Info.PreviousFailure));
        Assert.Equal((5, new CallId(1), RetrySource.Sdk), (retry.Info.Ordinal, retry.Info.FirstAttemptId, retry.Info.Source));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loop_around_an_sdk_that_never_tries_again_is_one_call(bool isBodyLate)
    {
        using var sender = new Sender(expectedRetries: 0) { IsBodyLate = isBodyLate };
        Sender.Fail(sender.Send(retryCount: 0));
        Sender.Fail(sender.Send(retryCount: 0));
        var loop = sender.Send(retryCount: 0);

        Assert.Equal((3, new CallId(1)), (loop.Info.Ordinal, loop.Info.FirstAttemptId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_nobody_tries_again_is_not_continued_by_a_new_call_with_the_same_prompt(bool isBodyLate)
    {
        using var sender = new Sender { IsBodyLate = isBodyLate };
        Sender.Fail(sender.Send(retryCount: 0), status: 400);

        var other = sender.Send(retryCount: 0).Info;

        Assert.Equal((1, new CallId(2)), (other.Ordinal, other.FirstAttemptId));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, 1)]
    [InlineData(true, null)]
    [InlineData(true, 1)]
    public void What_the_sdk_tries_again_itself_is_not_continued_by_a_new_call_with_the_same_prompt(bool isBodyLate, int? expectedRetries)
    {
        // Samples of one prompt, of which the first is throttled.
        using var sender = new Sender(expectedRetries) { IsBodyLate = isBodyLate };
        Sender.Fail(sender.Send(retryCount: 0));

        var sample = sender.Send(retryCount: 0);
        Sender.End(sample);
        var retry = sender.Send(retryCount: 1);

        Assert.Equal((1, new CallId(2)), (sample.Info.Ordinal, sample.Info.FirstAttemptId));
        Assert.Equal((2, new CallId(1)), (retry.Info.Ordinal, retry.Info.FirstAttemptId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_of_many_samples_of_one_prompt_keeps_its_retries(bool isBodyLate)
    {
        using var sender = new Sender { IsBodyLate = isBodyLate };
        for (var i = 0; i < 3; i++)
        {
            Sender.Fail(sender.Send(retryCount: 0));
        }

        var others = Enumerable.Range(0, 5).Select(_ => sender.Send(retryCount: 0)).ToList();
        var retries = Enumerable.Range(0, 3).Select(_ => sender.Send(retryCount: 1)).ToList();

        Assert.All(others, other => Assert.Equal(1, other.Info.Ordinal));
        Assert.All(retries, retry => Assert.Equal(2, retry.Info.Ordinal));
        Assert.Equal([new CallId(1), new CallId(2), new CallId(3)], retries.Select(retry => retry.Info.FirstAttemptId!.Value).Order());
    }

    [Fact]
    public void What_the_sdk_is_expected_to_try_again_is_not_continued_by_a_client_without_a_count()
    {
        Sender.Fail(_sender.Send(retryCount: 1));
        Assert.Equal(1, _sender.Send().Info.Ordinal);

        Sender.Fail(_sender.Send("other", retryCount: 2));
        Assert.Equal(4, _sender.Send("other").Info.Ordinal);
    }

    [Fact]
    public void A_handler_that_sends_a_message_of_the_sdk_again_continues_it()
    {
        var message = _sender.Message();
        Sender.Fail(_sender.Send(retryCount: 0, message: message));
        Sender.End(_sender.Send(retryCount: 0));
        var again = _sender.Send(retryCount: 0, message: message).Info;

        Assert.Equal((2, new CallId(1), RetrySource.Handler), (again.Ordinal, again.FirstAttemptId, again.Source));
    }

    [Fact]
    public async Task Many_attempts_at_once_are_counted_without_a_gap()
    {
        using var span = SdkSpan();
        var attempts = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () =>
            {
                var attempt = _sender.Send($"body {i}", span: span);
                Sender.Fail(attempt);
                return attempt.Info;
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(1, 64), attempts.Select(a => a.Ordinal).Order());
        Assert.Single(attempts.Select(a => a.FirstAttemptId).Distinct());
    }

    [Fact]
    public void A_group_goes_with_its_span()
    {
        var group = SendBelowASpan(_sender);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(group.TryGetTarget(out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<AttemptGroup> SendBelowASpan(Sender sender)
    {
        using var request = new HttpRequestMessage();
        using var span = new Activity("chat").Start();
        var attempt = sender.Groups.Begin(request, new AttemptStart { Id = new CallId(1), Timestamp = 0, Operation = Operation.Messages, CallSpan = span });
        Sender.End(attempt);
        return new WeakReference<AttemptGroup>(attempt.Group);
    }

    private static Activity SdkSpan()
    {
        using var source = new ActivitySource(new ActivitySourceOptions("com.anthropic.sdk.csharp.test"));
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => string.Equals(s.Name, "com.anthropic.sdk.csharp.test", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return source.StartActivity("anthropic.messages.create", ActivityKind.Client)!;
    }
}
