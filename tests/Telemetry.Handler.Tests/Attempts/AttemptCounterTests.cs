using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

public sealed class AttemptCounterTests
{
    private static readonly CallId First = new(1);
    private static readonly CallId Second = new(2);

    [Fact]
    public void A_first_attempt_is_its_own_first()
    {
        using var request = new HttpRequestMessage();

        Assert.Equal(new AttemptInfo(1, First, RetrySource.Unknown, null), AttemptCounter.Next(request, retryCount: 0, First));
    }

    [Fact]
    public void The_sdk_counts_in_a_header_and_does_not_tell_the_first()
    {
        using var request = new HttpRequestMessage();

        Assert.Equal(new AttemptInfo(3, null, RetrySource.Sdk, null), AttemptCounter.Next(request, retryCount: 2, Second));
    }

    [Fact]
    public void A_body_known_after_sending_tells_the_group_then()
    {
        using var request = new HttpRequestMessage();
        var counted = AttemptCounter.Next(request, retryCount: 1, Second);

        Assert.Equal(First, AttemptCounter.Join(counted, new AttemptGroup(First)).FirstAttemptId);
        Assert.Equal(counted, AttemptCounter.Join(counted, group: null));
        Assert.Equal(Second, AttemptCounter.Join(counted with { FirstAttemptId = Second }, new AttemptGroup(First)).FirstAttemptId);
    }

    [Fact]
    public void A_message_that_is_sent_again_belongs_to_its_first_sending()
    {
        using var request = new HttpRequestMessage();
        AttemptCounter.Next(request, retryCount: null, First);

        Assert.Equal(new AttemptInfo(2, First, RetrySource.Handler, null), AttemptCounter.Next(request, retryCount: null, Second));
    }

    [Fact]
    public void A_message_sent_again_within_a_retry_of_the_sdk_counts_on()
    {
        using var request = new HttpRequestMessage();
        AttemptCounter.Next(request, retryCount: 1, First);

        var again = AttemptCounter.Next(request, retryCount: 1, Second);

        Assert.Equal((3, RetrySource.Handler), (again.Ordinal, again.Source));
    }

    [Fact]
    public void The_next_attempt_knows_the_span_of_the_one_before()
    {
        using var request = new HttpRequestMessage();
        using var span = new Activity("attempt").Start();
        AttemptCounter.Next(request, retryCount: null, First);
        AttemptCounter.Remember(request, span);

        Assert.Equal(span.Context, AttemptCounter.Next(request, retryCount: null, Second).Previous);
    }
}
