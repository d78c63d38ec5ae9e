using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

/// <summary>Which attempt ends an operation, and what it sums up.</summary>
public sealed class OperationTests : IDisposable
{
    private readonly Sender _sender = new();

    public void Dispose() => _sender.Dispose();

    [Theory]
    [InlineData(false, 0, 1, null, "Yes")]
    [InlineData(true, 0, 1, null, "No")]
    [InlineData(true, 1, 2, null, "No")]
    [InlineData(true, 2, 3, null, "Yes")]
    [InlineData(true, null, 1, null, "Perhaps")]
    [InlineData(true, null, 1, 2, "No")]
    [InlineData(true, null, 3, 2, "Yes")]
    [InlineData(true, 0, 1, 0, "Yes")]
    [InlineData(true, 3, 4, 5, "No")]
    public void An_operation_ends_when_nobody_is_to_try_again(bool mayPass, int? retryCount, int tries, int? expected, string end)
    {
        Assert.Equal(end, RetryRule.Judge(mayPass, retryCount, tries, expected).ToString());
    }

    [Theory]
    [InlineData(529, null, true)]
    [InlineData(500, null, true)]
    [InlineData(429, null, true)]
    [InlineData(409, null, true)]
    [InlineData(408, null, true)]
    [InlineData(429, false, false)]
    [InlineData(400, null, false)]
    [InlineData(400, true, true)]
    [InlineData(401, null, false)]
    [InlineData(413, null, false)]
    [InlineData(200, null, false)]
    public void The_sdk_tries_again_after_failures_that_pass(int status, bool? shouldRetry, bool expected)
    {
        Assert.Equal(expected, RetryRule.MayPass(status, shouldRetry));
    }

    [Theory]
    [InlineData(CallOutcome.Error, "connection_error", true)]
    [InlineData(CallOutcome.Timeout, "client_timeout_error", true)]
    [InlineData(CallOutcome.Error, "client_error", false)]
    [InlineData(CallOutcome.Canceled, null, false)]
    public void Without_an_answer_the_kind_of_failure_decides(CallOutcome outcome, string? error, bool expected)
    {
        var record = new CallRecord
        {
            Id = new CallId(1),
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = outcome,
            ErrorType = error,
            Cost = new CallCost { Basis = CostBasis.Unpriced },
        };

        Assert.Equal(expected, RetryRule.MayPass(record, shouldRetry: null));
    }

    [Fact]
    public void It_is_ended_once_and_measured_from_its_first_attempt()
    {
        Assert.Equal(OperationEnd.No, Sender.Fail(_sender.Send(retryCount: 0)).End);
        _sender.Time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(OperationEnd.No, Sender.Fail(_sender.Send(retryCount: 1)).End);
        _sender.Time.Pass(TimeSpan.FromSeconds(5));

        var last = Sender.Fail(_sender.Send(retryCount: 2));

        Assert.Equal((OperationEnd.Yes, TimeSpan.FromSeconds(7)), (last.End, last.Before));
    }

    [Fact]
    public void What_comes_after_its_end_is_a_new_one_that_is_measured_from_there()
    {
        Assert.Equal(OperationEnd.Perhaps, Sender.Fail(_sender.Send()).End);
        _sender.Time.Pass(TimeSpan.FromSeconds(30));

        var again = _sender.Send();

        Assert.Equal(2, again.Info.Ordinal);
        Assert.Equal((OperationEnd.Yes, TimeSpan.Zero), (Sender.End(again).End, again.Before));
    }

    [Fact]
    public void Of_attempts_in_parallel_the_first_success_ends_it_and_the_others_are_late()
    {
        var message = _sender.Message();
        var first = _sender.Send(message: message);
        var second = _sender.Send(message: message);

        var won = Sender.End(second);
        var lost = Sender.End(first, CallOutcome.Canceled, status: null);

        Assert.Equal((OperationEnd.Yes, false), (won.End, won.IsLate));
        Assert.Equal((OperationEnd.No, true), (lost.End, lost.IsLate));
    }

    [Fact]
    public void A_failure_that_another_attempt_has_overtaken_does_not_end_it()
    {
        var message = _sender.Message();
        var first = _sender.Send(message: message);
        var second = _sender.Send(message: message);

        Assert.Equal(OperationEnd.No, Sender.Fail(first, 400).End);
        Assert.Equal(OperationEnd.Yes, Sender.End(second).End);
    }

    [Fact]
    public void Costs_of_its_attempts_add_up_and_those_of_failures_are_wasted()
    {
        using var sender = new Sender(expectedRetries: 2);
        var message = sender.Message();
        var first = Sender.End(sender.Send(message: message), CallOutcome.Timeout, status: null, nanoUsd: 5);
        var second = Sender.End(sender.Send(message: message), CallOutcome.Error, 529);
        var third = Sender.End(sender.Send(message: message), nanoUsd: 100);

        Assert.Equal((5L, null), (first.Cost?.Value, first.Wasted?.Value));
        Assert.Equal((5L, 5L), (second.Cost?.Value, second.Wasted?.Value));
        Assert.Equal((105L, 5L, OperationEnd.Yes), (third.Cost?.Value, third.Wasted?.Value, third.End));
    }

    [Fact]
    public void A_fallback_after_a_refusal_is_an_operation_of_its_own()
    {
        var message = _sender.Message();
        var refused = Sender.End(_sender.Send(message: message), CallOutcome.Refused, nanoUsd: 7);
        var answered = Sender.End(_sender.Send(message: message), nanoUsd: 100);

        Assert.Equal((OperationEnd.Yes, 7L), (refused.End, refused.Cost?.Value));
        Assert.Equal((OperationEnd.Yes, 100L, 7L), (answered.End, answered.Cost?.Value, answered.Wasted?.Value));
    }
}
