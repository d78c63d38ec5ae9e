using CostLedger.Querying;
using CostLedger.Querying.Errors;
using CostLedger.Querying.Latency;
using CostLedger.Records;
using CostLedger.Records.Errors;
using Xunit;

namespace CostLedger.Tests.Querying.Errors;

public sealed class ErrorTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 3, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Filters => ["", "period", "status", "class", "model", "provider", "session"];

    [Theory]
    [MemberData(nameof(Filters))]
    public void Every_figure_equals_the_oracle(string name)
    {
        var records = new SomeCalls(23).Between(Start, Start.AddDays(20), 1500);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();
        var filter = FilterOf(name);

        var report = reader.Errors(filter, TimeZoneInfo.Utc);

        var failed = UsageOracle.Select(records, filter).Select(r => (Record: r, Category: ErrorCategories.Of(r))).Where(f => f.Category is not null).ToList();
        var groups = failed.GroupBy(f => (f.Category!.Value, f.Record.ErrorType, f.Record.HttpStatus, f.Record.Model)).ToList();
        Assert.NotEmpty(groups);
        Assert.Equal(UsageOracle.Select(records, filter with { Statuses = [] }).Count(), report.Attempts);
        Assert.Equal(
            groups.ToDictionary(g => g.Key, g => Measure(g.Select(f => f.Record))),
            report.Groups.ToDictionary(g => (g.Category, g.ErrorType, g.HttpStatus, g.Model), g => g.Totals));
        Assert.Equal(
            failed.GroupBy(f => f.Category!.Value).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key, Measure(g.Select(f => f.Record)))),
            report.Categories);
        Assert.Equal(Measure(failed.Where(f => f.Category != ErrorCategory.Canceled).Select(f => f.Record)), report.Totals);
        Assert.Equal(report.Groups.Select(g => g.Totals.Count).OrderDescending(), report.Groups.Select(g => g.Totals.Count));
        Assert.Equal((report.Attempts, report.Totals.Count), (report.Slots.Sum(s => s.Attempts), report.Slots.Sum(s => s.Failed)));
    }

    [Fact]
    public void The_worst_cost_most_or_took_longest_and_ten_are_shown()
    {
        var records = Enumerable.Range(0, 30).Select(i => Failure(i, $"error_{i % 15}")).ToList();
        records.Add(Failure(40, "error_3") with { Cost = Costing(500) });
        records.Add(Failure(41, "error_4") with { Timing = new CallTiming { Total = TimeSpan.FromMinutes(3) } });
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var report = reader.Errors(new CallFilter(), TimeZoneInfo.Utc);

        Assert.Equal(15, report.Groups.Count);
        Assert.Equal(["error_3", "error_4"], report.Groups.Take(2).Select(g => g.ErrorType), StringComparer.Ordinal);
        Assert.Equal([records[30].Id, records[31].Id], report.Groups.Take(2).Select(g => g.Worst));
        Assert.Equal(report.Groups.Take(10).Select(g => g.Worst), report.Examples.Select(r => r.Id));
        Assert.Equal(records[30].RequestId, report.Examples[0].RequestId);

        // Of those alike the later: its request id is the fresher.
        Assert.Equal(records[15].Id, report.Groups.Single(g => string.Equals(g.ErrorType, "error_0", StringComparison.Ordinal)).Worst);
    }

    [Fact]
    public void A_truncated_answer_is_a_failure_though_its_status_is_200()
    {
        using var ledger = TestLedger.With([Failure(0, null) with { Outcome = CallOutcome.Truncated, HttpStatus = 200 }]);
        using var reader = ledger.Read();

        var group = Assert.Single(reader.Errors(new CallFilter(), TimeZoneInfo.Utc).Groups);

        Assert.Equal((ErrorCategory.Truncated, 200, 1L), (group.Category, group.HttpStatus, group.Totals.Count));
    }

    [Fact]
    public void What_the_caller_cancelled_is_shown_and_is_no_failure()
    {
        using var ledger = TestLedger.With([Failure(0, null) with { Outcome = CallOutcome.Canceled }, Failure(1, "api_error")]);
        using var reader = ledger.Read();

        var report = reader.Errors(new CallFilter(), TimeZoneInfo.Utc);

        Assert.Equal(1, report.Totals.Count);
        Assert.Equal([ErrorCategory.Server, ErrorCategory.Canceled], report.Categories.Select(c => c.Key));
        Assert.Equal(1, report.Slots.Sum(s => s.Failed));
    }

    [Theory]
    [InlineData(CallOutcome.Success, 1, 2)]
    [InlineData(CallOutcome.Refused, 1, 2)]
    [InlineData(CallOutcome.Error, 1, 0)]
    [InlineData(CallOutcome.Canceled, 1, 0)]
    public void A_later_success_of_the_same_logical_call_is_counted(CallOutcome outcome, int minutes, int expected)
    {
        var first = Failure(0, "overloaded_error");
        var second = Failure(minutes, "overloaded_error") with { Attempt = 2, FirstAttemptId = first.Id };
        var last = Failure(2 * minutes, null) with { Attempt = 3, FirstAttemptId = first.Id, Outcome = outcome };
        using var ledger = TestLedger.With([first, second, last, Failure(9, "overloaded_error")]);
        using var reader = ledger.Read();

        Assert.Equal(expected, reader.Errors(new CallFilter { Statuses = ["error"] }, TimeZoneInfo.Utc).Totals.FollowedBySuccess);
    }

    [Fact]
    public void A_success_counts_also_on_another_model_and_shortly_after_the_period()
    {
        var first = Failure(0, "overloaded_error") with { ModelServed = "claude-opus-5", ModelRequested = "claude-opus-5" };
        var last = Failure(10, null) with { Attempt = 2, FirstAttemptId = first.Id, Outcome = CallOutcome.Success, ModelServed = "claude-haiku-4-5" };
        using var ledger = TestLedger.With([first, last]);
        using var reader = ledger.Read();

        var report = reader.Errors(new CallFilter { Models = ["*opus*"], Until = Start.AddMinutes(5) }, TimeZoneInfo.Utc);

        Assert.Equal((1, 1), (report.Totals.Count, report.Totals.FollowedBySuccess));
    }

    [Theory]
    [InlineData(2, "hour", 48)]
    [InlineData(3, "day", 3)]
    [InlineData(4, "day", 4)]
    [InlineData(62, "day", 62)]
    [InlineData(200, "week", 30)]
    [InlineData(900, "month", 30)]
    public void Time_is_cut_without_a_hole(int days, string unit, int slots)
    {
        using var ledger = TestLedger.With([Failure(0, "api_error"), Failure((days * 24 * 60) - 1, "api_error")]);
        using var reader = ledger.Read();

        var report = reader.Errors(new CallFilter(), TimeZoneInfo.Utc);

        Assert.Equal(unit, new Grouping(report.Unit).Name);
        Assert.Equal(slots, report.Slots.Count);
        Assert.Equal(report.Slots.Count, report.Slots.DistinctBy(s => s.Name).Count());
        Assert.Equal((1, 1), (report.Slots[0].Failed, report.Slots[^1].Failed));
        Assert.All(report.Slots.Skip(1).SkipLast(1), slot => Assert.Equal((0, 0), (slot.Attempts, slot.Failed)));
    }

    [Fact]
    public void An_hour_that_a_clock_goes_through_twice_is_two()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var change = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero);
        using var ledger = TestLedger.With([Failure(0, "api_error", change), Failure(60, "api_error", change)]);
        using var reader = ledger.Read();

        Assert.Equal(["2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"], reader.Errors(new CallFilter(), berlin).Slots.Select(s => s.Name), StringComparer.Ordinal);
    }

    [Fact]
    public void An_empty_ledger_and_one_without_failures_have_no_errors()
    {
        using var empty = new TestLedger();
        using var reader = empty.Read();
        using var sound = TestLedger.With([Failure(0, null) with { Outcome = CallOutcome.Success }]);
        using var soundReader = sound.Read();

        Assert.Equal(0, reader.Errors(new CallFilter(), TimeZoneInfo.Utc).Attempts);
        var report = soundReader.Errors(new CallFilter(), TimeZoneInfo.Utc);
        Assert.Equal((1, 0), (report.Attempts, report.Totals.Count));
        Assert.Empty(report.Groups);
    }

    [Fact]
    public void Damaged_rows_stop_nothing()
    {
        using var ledger = TestLedger.With([Failure(0, "api_error"), Failure(1, "api_error"), Failure(2, "api_error")]);
        ledger.Execute("UPDATE call_details SET extra = '{', first_attempt = x'00' WHERE id = (SELECT min(id) FROM call_details)");
        ledger.Execute("DELETE FROM call_details WHERE id = (SELECT max(id) FROM call_details)");
        ledger.Execute("INSERT INTO calls (id, attempt, provider, operation, outcome, cost_basis, duration_us) VALUES (x'ffffffffffffffffffffffffffffffff', 1, 1, 1, 2, 4, -7)");
        using var reader = ledger.Read();

        Assert.Equal(3, reader.Errors(new CallFilter(), TimeZoneInfo.Utc).Totals.Count);
    }

    private static CallFilter FilterOf(string name) => name switch
    {
        "period" => new() { Since = Start.AddDays(3), Until = Start.AddDays(9) },
        "status" => new() { Statuses = ["truncated", "429"] },
        "class" => new() { Statuses = ["5xx"] },
        "model" => new() { Models = ["claude-*"] },
        "provider" => new() { Providers = [Provider.Anthropic, Provider.Bedrock] },
        "session" => new() { Sessions = ["alpha"] },
        _ => new CallFilter(),
    };

    private static CallRecord Failure(int minute, string? type, DateTimeOffset? start = null) => new SomeCalls(minute).At((start ?? Start).AddMinutes(minute)) with
    {
        Attempt = 1,
        FirstAttemptId = null,
        Operation = Operation.Messages,
        Outcome = CallOutcome.Error,
        HttpStatus = 500,
        ErrorType = type,
        ModelServed = null,
        ModelRequested = "claude-opus-5",
        Cost = Costing(7),
        Timing = new CallTiming { Total = TimeSpan.FromSeconds(1) },
    };

    private static CallCost Costing(long nano) => new()
    {
        Basis = CostBasis.Measured,
        ByClass = new CostByClass(new NanoUsd(nano), default, default, default, default, default),
    };

    // The same figures from records in memory. No success of these follows: each is the only attempt of its call.
    private static ErrorTotals Measure(IEnumerable<CallRecord> failures)
    {
        var all = failures.ToList();
        var times = all.Where(r => r.Outcome != CallOutcome.Interrupted && r.Operation != Operation.BatchResult).Select(r => r.Timing.Total).Order().ToList();
        TimeSpan At(int percent) => times[(int)Math.Ceiling(times.Count * percent / 100m) - 1];
        return new ErrorTotals
        {
            Count = all.Count,
            First = all.Min(r => (DateTimeOffset?)r.StartedAt),
            Last = all.Max(r => (DateTimeOffset?)r.StartedAt),
            Duration = times.Count == 0 ? null : new Percentiles<TimeSpan>(times.Count, At(50), At(95), At(99), times[^1], IsExact: true),
            Cost = all.Aggregate(NanoUsd.Zero, (sum, r) => sum + (r.Cost.Total ?? NanoUsd.Zero)),
            Estimated = all.Count(r => r.Cost.Basis == CostBasis.Estimated),
            Unpriced = all.Count(r => r.Cost.Basis == CostBasis.Unpriced),
            WithRetryAfter = all.Count(r => r.RetryAfter is not null),
            LongestRetryAfter = all.Max(r => r.RetryAfter),
        };
    }
}
