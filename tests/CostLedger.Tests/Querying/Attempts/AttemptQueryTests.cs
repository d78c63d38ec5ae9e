using CostLedger.Querying;
using CostLedger.Querying.Attempts;
using CostLedger.Records;
using CostLedger.Tests.Storage;
using Testing;
using Xunit;

namespace CostLedger.Tests.Querying.Attempts;

public sealed class AttemptQueryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly CallFilter All = new();

    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Attempts_of_a_call_count_as_one_with_what_they_wasted()
    {
        var first = Failed(0, 529, "overloaded_error") with { RetryAfter = TimeSpan.FromSeconds(10) };
        await Write(
        [
            first,
            Failed(5, 500, "api_error") with { Attempt = 2, FirstAttemptId = first.Id },
            Answer(10, 7_000) with { Attempt = 3, FirstAttemptId = first.Id },
            Answer(60, 1_000),
            CutOff(100, CallOutcome.Canceled, cost: 300, most: 500),
        ]);

        var report = Ask(All);

        var totals = report.Totals;
        Assert.Equal((3L, 5L, 2L, 1L), (totals.Calls, totals.Attempts, totals.Retries, totals.RetriedCalls));
        Assert.Equal([(CallOutcome.Success, 2L), (CallOutcome.Canceled, 1L)], totals.Outcomes.Select(o => (o.Key, o.Value)));
        Assert.Equal(new Waste(2, TimeSpan.FromSeconds(2), default, 0), totals.Retried);
        Assert.Equal(new Waste(1, TimeSpan.FromSeconds(1), new NanoUsd(300), 0), totals.Abandoned);
        Assert.Equal(default, totals.Failed);
        Assert.Equal((TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(11)), (totals.Waited, totals.WastedTime));
        Assert.Equal((new NanoUsd(8_300), 1L, TimeSpan.FromSeconds(5)), (totals.Cost, totals.Estimated, totals.Duration));
        Assert.Equal((1L, 1L), (totals.RetryAfter.Asked, totals.RetryAfter.Early));
        Assert.Equal(default, totals.BilledTwice);
        Assert.Equal(
            [("api_error", 1L, 1L), ("canceled", 1L, 0L), ("overloaded_error", 1L, 1L)],
            report.Failures.Select(f => (f.Error, f.Waste.Attempts, f.Recovered)));
    }

    [Fact]
    public async Task What_was_given_up_before_another_answered_is_money_at_risk()
    {
        var bounded = CutOff(0, CallOutcome.Timeout, cost: 300, most: 500);
        var unbounded = CutOff(100, CallOutcome.Truncated, cost: 40, most: null);
        var unknown = CutOff(200, CallOutcome.Canceled, cost: null, most: null);
        await Write([bounded, unbounded, unknown, .. new[] { bounded, unbounded, unknown }.Select((r, i) => Answer((i * 100) + 50, 9) with { Attempt = 2, FirstAttemptId = r.Id })]);

        var totals = Ask(All).Totals;

        Assert.Equal(new DoubleBilling(3, new NanoUsd(540), 1), totals.BilledTwice);
        Assert.Equal((3L, 1L), (totals.Retried.Attempts, totals.Retried.Unpriced));
    }

    [Fact]
    public async Task A_call_that_begins_before_the_period_is_counted_with_its_attempts()
    {
        var first = Failed(-60, 529, "overloaded_error");
        var late = Failed(-7_200, 529, "overloaded_error");
        await Write(
        [
            first,
            Failed(-30, 529, "overloaded_error") with { Attempt = 2, FirstAttemptId = first.Id },
            Answer(30, 5) with { Attempt = 3, FirstAttemptId = first.Id },
            late,
            Failed(-7_100, 529, "overloaded_error") with { Attempt = 2, FirstAttemptId = late.Id },
            Answer(40, 5) with { Attempt = 3, FirstAttemptId = late.Id },
            Failed(-20, 500, "api_error"),
            Answer(-10, 5),
        ]);

        var totals = Ask(All with { Since = Noon }).Totals;

        // Two hours before is beyond the reach of a retry, but for the first attempt, which is known by its key.
        Assert.Equal((2L, 5L, 2L, 0L), (totals.Calls, totals.Attempts, totals.BegunBefore, totals.WithoutFirst));
        Assert.Equal([(CallOutcome.Success, 2L)], totals.Outcomes.Select(o => (o.Key, o.Value)));
    }

    [Fact]
    public async Task A_retry_after_the_period_belongs_to_the_call_within()
    {
        var first = Failed(-5, 529, "overloaded_error");
        await Write([first, Answer(5, 5) with { Attempt = 2, FirstAttemptId = first.Id }, Answer(6, 5)]);

        var totals = Ask(All with { Until = Noon }).Totals;

        Assert.Equal((1L, 2L), (totals.Calls, totals.Attempts));
        Assert.Equal([CallOutcome.Success], totals.Outcomes.Keys);
    }

    [Fact]
    public async Task A_success_that_was_tried_again_is_one_call()
    {
        var first = Answer(0, 100);
        await Write([first, Answer(10, 50) with { Attempt = 2, FirstAttemptId = first.Id }]);

        var report = Ask(All, new Grouping(GroupKind.Model));

        Assert.Equal((1L, 2L, 100L), (report.Totals.Calls, report.Totals.Attempts, report.Totals.Retried.Cost.Value));
        Assert.Equal(1L, Assert.Single(report.Groups).Totals.Calls);
    }

    [Fact]
    public async Task An_attempt_whose_first_is_not_in_the_ledger_is_a_call_without_its_first()
    {
        await Write(
        [
            Answer(10, 5) with { Attempt = 2, FirstAttemptId = CallId.Create(Noon.AddSeconds(5), 77) },
            Answer(20, 5) with { Attempt = 3, FirstAttemptId = null },
            Failed(30, 500, "api_error") with { FirstAttemptId = null },
        ]);

        var totals = Ask(All).Totals;

        Assert.Equal((3L, 3L, 2L), (totals.Calls, totals.Attempts, totals.WithoutFirst));
    }

    [Fact]
    public async Task A_filter_that_one_attempt_matches_counts_the_whole_call()
    {
        var first = Failed(0, 529, "overloaded_error") with { ModelRequested = "claude-opus-5" };
        await Write(
        [
            first,
            Answer(10, 7) with { Attempt = 2, FirstAttemptId = first.Id, ModelRequested = "claude-haiku-4-5", ModelServed = "claude-haiku-4-5" },
            Answer(20, 7) with { ModelRequested = "claude-sonnet-5", ModelServed = "claude-sonnet-5" },
        ]);

        Assert.Equal((1L, 2L), Counts(Ask(All with { Models = ["*haiku*"] })));
        Assert.Equal((1L, 2L), Counts(Ask(All with { Statuses = ["529"] })));
        Assert.Equal((2L, 3L), Counts(Ask(All with { Statuses = ["success"] })));
        Assert.Equal((0L, 0L), Counts(Ask(All with { Statuses = ["timeout"] })));
    }

    [Fact]
    public async Task Fallbacks_of_the_application_and_of_the_provider_are_told_apart()
    {
        var first = Failed(0, 529, "overloaded_error") with { ModelRequested = "claude-opus-5" };
        await Write(
        [
            first,
            Answer(10, 7) with { Attempt = 2, FirstAttemptId = first.Id, ModelRequested = "claude-haiku-4-5", ModelServed = "claude-haiku-4-5-20251001" },
            Answer(20, 7) with
            {
                ModelRequested = "claude-opus-5",
                Usage = new TokenUsage
                {
                    InputTokens = 1,
                    Iterations = [new UsageIteration { Type = "message", Model = "claude-opus-5" }, new UsageIteration { Type = "fallback_message", Model = "claude-sonnet-5" }],
                },
            },
        ]);

        var report = Ask(All);

        Assert.Equal(
            [new ModelFallback("claude-opus-5", "claude-haiku-4-5", 1, false), new ModelFallback("claude-opus-5", "claude-sonnet-5", 1, true)],
            report.Fallbacks);
        Assert.Equal((2L, 2L), (report.Totals.Calls, report.Totals.FallbackCalls));
    }

    [Fact]
    public async Task Calls_are_grouped_by_their_first_attempt_their_first_error_and_their_end()
    {
        var first = Failed(0, 529, "overloaded_error") with { ModelRequested = "claude-opus-5", Labels = new CallLabels { Session = "s" } };
        await Write(
        [
            first,
            Answer(10, 7) with { Attempt = 2, FirstAttemptId = first.Id, ModelRequested = "claude-haiku-4-5", ModelServed = "claude-haiku-4-5", StopReason = "end_turn" },
            Answer(20, 7) with { StopReason = "end_turn" },
        ]);

        Assert.Equal(["overloaded_error|2", "|1"], Groups(GroupKind.Error));
        Assert.Equal(["claude-opus-5|3"], Groups(GroupKind.Model));
        Assert.Equal(["success|3"], Groups(GroupKind.Status));
        Assert.Equal(["end_turn|3"], Groups(GroupKind.StopReason));
        Assert.Equal(["s|2", "|1"], Groups(GroupKind.Session));
        Assert.Equal(["2026-11-20|3"], Groups(GroupKind.Day));
        Assert.Equal(["anthropic|3"], Groups(GroupKind.Provider));

        IEnumerable<string> Groups(GroupKind kind) => Ask(All, new Grouping(kind)).Groups.Select(g => $"{g.Key[0]}|{g.Totals.Attempts}");
    }

    [Fact]
    public async Task A_failure_without_an_error_type_is_grouped_under_how_it_ended()
    {
        await Write(
        [
            Answer(0, 7), CutOff(10, CallOutcome.Canceled, cost: 1, most: null), CutOff(20, CallOutcome.Timeout, cost: 1, most: null),
            CutOff(30, CallOutcome.Canceled, cost: 1, most: null),
        ]);

        Assert.Equal(
            [("canceled", 2L), ("timeout", 1L), (null, 1L)],
            Ask(All, new Grouping(GroupKind.Error)).Groups.OrderBy(g => g.Key[0] is null).ThenBy(g => g.Key[0]).Select(g => (g.Key[0], g.Totals.Attempts)));
    }

    [Fact]
    public async Task The_worst_calls_come_first()
    {
        var random = new Random(3);
        await Write(Enumerable.Range(0, 40).Select(i => CutOff(i * 10, CallOutcome.Canceled, cost: random.Next(10_000), most: null)));

        var worst = Ask(All).Worst;

        Assert.Equal(10, worst.Count);
        Assert.Equal(worst.OrderByDescending(w => w.Wasted.Cost).Select(w => w.Id), worst.Select(w => w.Id));
        Assert.Equal(["canceled"], worst[0].Errors);
    }

    [Fact]
    public async Task Groups_add_up_to_the_totals_and_to_the_ledger_however_calls_are_made()
    {
        var random = new Random(11);
        var records = new List<CallRecord>();
        for (var i = 0; i < 400; i++)
        {
            var first = CallId.Create(Noon.AddSeconds(random.Next(-90_000, 90_000)), (UInt128)random.Next());
            for (var (n, at) = (1, first.Time); n <= random.Next(1, 4); n++, at = at.AddSeconds(random.Next(1, 40)))
            {
                records.Add(Some(random, n == 1 ? first : CallId.Create(at, (UInt128)random.Next())) with { Attempt = n, FirstAttemptId = first });
            }
        }

        await Write(records);

        foreach (var kind in Enum.GetValues<GroupKind>().Where(k => k != GroupKind.Tag))
        {
            var report = Ask(All, new Grouping(kind));

            Assert.Equal((400L, (long)records.Count), Counts(report));
            Assert.Equal(records.Aggregate(NanoUsd.Zero, (sum, r) => sum + (r.Cost.Total ?? NanoUsd.Zero)), report.Totals.Cost);
            Assert.Equal(400, report.Groups.Sum(g => g.Totals.Calls));
            Assert.Equal(records.Count, report.Groups.Sum(g => g.Totals.Attempts));
            Assert.Equal(report.Totals.Wasted, report.Groups.Aggregate(default(Waste), (sum, g) => sum + g.Totals.Wasted));
            Assert.Equal(report.Totals.Wasted, report.Failures.Aggregate(default(Waste), (sum, f) => sum + f.Waste));
            Assert.Equal(400, report.Totals.Outcomes.Values.Sum());
        }

        // Two halves of the time: only calls on the seam are in both.
        var (before, after) = (Ask(All with { Until = Noon }).Totals, Ask(All with { Since = Noon }).Totals);
        Assert.Equal(400 + after.BegunBefore, before.Calls + after.Calls);
    }

    [Fact]
    public async Task An_empty_ledger_and_an_empty_period_have_no_calls()
    {
        await Write([]);
        Assert.Equal((0L, 0L), Counts(Ask(All)));
        Assert.Empty(Ask(All, new Grouping(GroupKind.Model)).Groups);
    }

    private static (long Calls, long Attempts) Counts(AttemptReport report) => (report.Totals.Calls, report.Totals.Attempts);

    private static CallRecord Some(Random random, CallId id) => Storage.SomeCalls.Simple() with
    {
        Id = id,
        Outcome = (CallOutcome)random.Next(1, 8),
        HttpStatus = random.Next(2) == 0 ? 200 : null,
        ErrorType = random.Next(2) == 0 ? "api_error" : null,
        Timing = new CallTiming { Total = TimeSpan.FromSeconds(random.Next(9)) },
        Cost = random.Next(4) == 0
            ? new CallCost { Basis = CostBasis.Unpriced }
            : new CallCost { Basis = CostBasis.Estimated, ByClass = default(CostByClass) with { Output = new NanoUsd(random.Next(1_000)) } },
    };

    private static CallRecord Answer(double seconds, long cost) => Storage.SomeCalls.Simple() with
    {
        Id = CallId.Create(Noon.AddSeconds(seconds), (UInt128)(seconds + 100_000)),
        Outcome = CallOutcome.Success,
        HttpStatus = 200,
        ErrorType = null,
        Timing = new CallTiming { Total = TimeSpan.FromSeconds(1) },
        Cost = new CallCost { Basis = CostBasis.Measured, ByClass = default(CostByClass) with { Output = new NanoUsd(cost) } },
    };

    private static CallRecord Failed(double seconds, int status, string error) => Answer(seconds, 0) with
    {
        Outcome = CallOutcome.Error,
        HttpStatus = status,
        ErrorType = error,
        Cost = new CallCost { Basis = CostBasis.Unbilled, ByClass = default(CostByClass) },
    };

    private static CallRecord CutOff(double seconds, CallOutcome outcome, long? cost, long? most) => Answer(seconds, 0) with
    {
        Outcome = outcome,
        Cost = cost is { } known
            ? new CallCost { Basis = CostBasis.Estimated, ByClass = default(CostByClass) with { Output = new NanoUsd(known) }, UpperBound = most is { } m ? new NanoUsd(m) : null }
            : new CallCost { Basis = CostBasis.Unpriced },
    };

    private async Task Write(IEnumerable<CallRecord> records)
    {
        await using var ledger = PatientLedger.Open(_folder.Ledger);
        foreach (var record in records)
        {
            await ledger.WriteAsync(record, default);
        }
    }

    private AttemptReport Ask(CallFilter filter, params Grouping[] by)
    {
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Attempts(filter, by, TimeZoneInfo.Utc);
    }
}
