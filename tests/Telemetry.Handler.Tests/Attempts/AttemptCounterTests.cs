using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

public sealed class AttemptCounterTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("0", 1)]
    [InlineData("2", 3)]
    [InlineData("-1", 1)]
    [InlineData("99999999999", 1)]
    [InlineData("many", 1)]
    public void The_sdk_says_which_retry_it_is(string? header, int attempt)
    {
        using var request = new HttpRequestMessage();
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("x-stainless-retry-count", header);
        }

        Assert.Equal(attempt, AttemptCounter.Next(request, new CallId(1)).Attempt);
    }

    [Fact]
    public void The_same_message_again_is_the_next_attempt_of_the_first()
    {
        using var request = new HttpRequestMessage();

        var first = AttemptCounter.Next(request, new CallId(1));
        var second = AttemptCounter.Next(request, new CallId(2));

        Assert.Equal(((int, CallId?))(1, new CallId(1)), first);
        Assert.Equal(((int, CallId?))(2, new CallId(1)), second);
    }
}
