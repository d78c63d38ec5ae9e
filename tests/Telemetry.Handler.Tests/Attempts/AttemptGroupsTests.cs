using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

public sealed class AttemptGroupsTests
{
    private static readonly UInt128 Body = 7;

    [Fact]
    public void A_retry_with_the_same_body_belongs_to_the_first_attempt()
    {
        var groups = new AttemptGroups(TimeProvider.System);
        using var first = new HttpRequestMessage();
        using var retry = new HttpRequestMessage();

        AttemptCounter.Next(first, 0, new CallId(1), groups.Begin(Body, new CallId(1)));
        var attempt = AttemptCounter.Next(retry, 1, new CallId(2), groups.Find(Body));

        Assert.Equal((2, (CallId?)new CallId(1), RetrySource.Sdk), (attempt.Ordinal, attempt.FirstAttemptId, attempt.Source));
    }

    [Fact]
    public void The_same_body_as_a_new_call_begins_anew()
    {
        var groups = new AttemptGroups(TimeProvider.System);
        groups.Begin(Body, new CallId(1));
        groups.Begin(Body, new CallId(2));

        Assert.Equal(new CallId(2), groups.Find(Body)?.First);
    }

    [Fact]
    public void A_group_is_forgotten_after_two_minutes()
    {
        var time = new Clock();
        var groups = new AttemptGroups(time);
        groups.Begin(Body, new CallId(1));

        time.Now += AttemptGroups.Lifetime.Ticks;
        Assert.NotNull(groups.Find(Body));
        time.Now += 1;
        Assert.Null(groups.Find(Body));
    }

    [Fact]
    public void Only_so_many_groups_are_remembered()
    {
        var groups = new AttemptGroups(new Clock());
        for (var i = 0; i <= AttemptGroups.MaxGroups; i++)
        {
            groups.Begin((UInt128)i, new CallId((UInt128)i));
        }

        Assert.Null(groups.Find(0));
        Assert.NotNull(groups.Find(AttemptGroups.MaxGroups));
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
