using CostLedger.Querying;
using CostLedger.Querying.Latency;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Querying.Latency;

public sealed class LatencyTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 3, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("model")]
    [InlineData("provider,session")]
    [InlineData("tag:team")]
    [InlineData("hour")]
    [InlineData("week,model")]
    public void Every_grouping_equals_the_oracle(string by)
    {
        var records = Records(1500);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");

        var report = reader.Latency(new CallFilter(), Groupings(by), zone);

        Assert.Equal(Measure(records), report.Totals);
        var expected = by.Length == 0 ? [] : records.Where(IsGeneration)
            .GroupBy(r => string.Join('|', Groupings(by).Select(g => UsageOracle.KeyOf(r, g, zone) ?? "(none)")), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, Measure, StringComparer.Ordinal);
        Assert.Equal(expected, report.Groups.ToDictionary(g => string.Join('|', g.Key.Select(k => k ?? "(none)")), g => g.Totals, StringComparer.Ordinal));
    }

    [Fact]
    public void Filters_and_periods_apply()
    {
        var records = Records(800);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();
        CallFilter[] filters =
        [
            new() { Since = Start.AddDays(3), Until = Start.AddDays(9) },
            new() { Models = ["claude-*"] },
            new() { Providers = [Provider.Anthropic, Provider.Bedrock] },
            new() { Sessions = ["alpha"] },
            new() { Tags = [new("team", "red")] },
            new() { Statuses = ["success", "529"] },
        ];

        Assert.All(filters, filter =>
        {
            var selected = UsageOracle.Select(records, filter).ToList();
            var found = reader.Latency(filter, [], TimeZoneInfo.Utc).Totals;
            Assert.NotEqual(0, found.Answers + found.Failed);
            Assert.Equal(Measure(selected), found);
        });
    }

    [Fact]
    public void Only_whole_answers_are_measured_and_failures_stand_apart()
    {
        var whole = Answer(0) with { Timing = Timing(5000) };
        CallRecord[] records =
        [
            whole,
            Answer(1) with { Outcome = CallOutcome.Refused, Timing = Timing(7000) },
            Answer(2) with { Outcome = CallOutcome.Error, HttpStatus = 529, Timing = Timing(90) },
            Answer(3) with { Outcome = CallOutcome.Truncated, Timing = Timing(3000) },
            Answer(4) with { Outcome = CallOutcome.Timeout, Timing = Timing(100_000) },
            Answer(5) with { Outcome = CallOutcome.Interrupted, Timing = new CallTiming() },
            Answer(6) with { Outcome = CallOutcome.Canceled, Timing = Timing(1000) },
            Answer(7) with { Operation = Operation.CountTokens, Timing = Timing(20) },
            Answer(8) with { Operation = Operation.BatchResult, Timing = new CallTiming() },
        ];
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var totals = reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Totals;

        Assert.Equal((2, 2, 4, 1), (totals.Answers, totals.Streamed, totals.Failed, totals.Canceled));
        Assert.Equal(new Percentiles<TimeSpan>(2, Ms(5000), Ms(7000), Ms(7000), Ms(7000), IsExact: true), totals.Duration);
        Assert.Equal(new Percentiles<TimeSpan>(3, Ms(3000), Ms(100_000), Ms(100_000), Ms(100_000), IsExact: true), totals.FailedDuration);
    }

    [Fact]
    public void Tokens_per_second_count_from_the_first_token_of_a_stream_and_from_the_start_elsewhere()
    {
        Assert.Equal(100m, RateOf(Answer(0) with { Timing = Timing(5000, first: 1000) }, tokens: 400));
        Assert.Equal(80m, RateOf(Answer(0) with { IsStream = false, Timing = Timing(5000) }, tokens: 400));
        Assert.Equal(33.333m, RateOf(Answer(0) with { Timing = Timing(4000, first: 1000) }, tokens: 100));
        Assert.Null(RateOf(Answer(0) with { Timing = Timing(5000, first: null) }, tokens: 400));
        Assert.Null(RateOf(Answer(0) with { Timing = Timing(1000, first: 995) }, tokens: 400));
        Assert.Null(RateOf(Answer(0) with { Timing = Timing(1000, first: 2000) }, tokens: 400));
        Assert.Null(RateOf(Answer(0), tokens: 0));
        Assert.Null(RateOf(Answer(0), tokens: null));
        Assert.Null(RateOf(Answer(0), tokens: long.MaxValue));
    }

    [Fact]
    public void Connections_are_counted_where_they_were_observed()
    {
        CallRecord[] records = [Answer(0), Connected(1, true), Connected(2, true), Connected(3, false)];
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var totals = reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Totals;

        Assert.Equal((3, 2), (totals.ObservedConnections, totals.ReusedConnections));
    }

    [Fact]
    public void The_slowest_answers_come_first_and_of_equal_ones_the_earlier()
    {
        var records = Enumerable.Range(0, 40).Select(i => Answer(i) with { Timing = Timing((i % 20) * 100) }).ToList();
        records.Add(Answer(50) with { Outcome = CallOutcome.Timeout, Timing = Timing(99_999) });
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var slowest = reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Slowest;

        Assert.Equal([19, 39, 18, 38, 17, 37, 16, 36, 15, 35], slowest.Select(r => records.FindIndex(x => x.Id == r.Id)));
        Assert.Equal(records[19].RequestId, slowest[0].RequestId);
    }

    [Fact]
    public void The_durations_of_all_groups_are_counted_together()
    {
        using var ledger = TestLedger.With([
            .. Enumerable.Range(0, 9).Select(i => Answer(i) with { Timing = Timing(100 * (1 + (i % 3))) }),
            Answer(20) with { Outcome = CallOutcome.Timeout, Timing = Timing(9999) },
        ]);
        using var reader = ledger.Read();

        DurationCount[] expected = [new(Ms(100), 3), new(Ms(200), 3), new(Ms(300), 3)];

        Assert.Equal(expected, reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Durations);
        Assert.Equal(expected, reader.Latency(new CallFilter(), Groupings("hour,model"), TimeZoneInfo.Utc).Durations);
    }

    [Fact]
    public void Groups_of_time_come_in_its_order_and_others_by_their_answers()
    {
        var records = Records(500);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var days = reader.Latency(new CallFilter(), Groupings("day"), TimeZoneInfo.Utc).Groups.Select(g => g.Key[0]).ToList();
        var models = reader.Latency(new CallFilter(), Groupings("model"), TimeZoneInfo.Utc).Groups.Select(g => g.Totals.Answers).ToList();

        Assert.Equal(days.Order(StringComparer.Ordinal), days, StringComparer.Ordinal);
        Assert.Equal(models.OrderDescending(), models);
    }

    [Fact]
    public void An_empty_ledger_has_no_latency()
    {
        using var ledger = new TestLedger();
        using var reader = ledger.Read();

        var report = reader.Latency(new CallFilter(), Groupings("model"), TimeZoneInfo.Utc);

        Assert.Equal(new LatencyTotals(), report.Totals);
        Assert.Empty(report.Groups);
        Assert.Empty(report.Slowest);
    }

    [Fact]
    public void A_row_without_details_or_with_absurd_figures_stops_nothing()
    {
        using var ledger = TestLedger.With(Enumerable.Range(0, 3).Select(i => Answer(i)));
        ledger.Execute("DELETE FROM call_details WHERE id = (SELECT min(id) FROM calls)");
        ledger.Execute("UPDATE calls SET duration_us = 9223372036854775807 WHERE id = (SELECT max(id) FROM calls)");
        ledger.Execute("UPDATE call_details SET headers_us = -9223372036854775808, response_bytes = 9223372036854775807");
        using var reader = ledger.Read();

        var totals = reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Totals;

        Assert.Equal(3, totals.Answers);
        Assert.Equal(TimeSpan.MaxValue, totals.Duration?.Max);
        Assert.Equal(long.MaxValue, totals.ResponseBytes);
        Assert.Null(totals.Headers);
    }

    private static decimal? RateOf(CallRecord record, long? tokens)
    {
        using var ledger = TestLedger.With([record with { Usage = new TokenUsage { OutputTokens = tokens } }]);
        using var reader = ledger.Read();
        return reader.Latency(new CallFilter(), [], TimeZoneInfo.Utc).Totals.OutputTokensPerSecond?.P50;
    }

    private static List<CallRecord> Records(int count) => [.. new SomeCalls(3).Between(Start, Start.AddDays(20), count)
        .Select((r, i) => r with
        {
            Timing = r.Timing with { FirstEvent = r.Timing.Headers * 2 },
            Transfer = r.Transfer with { IsConnectionReused = i % 3 == 0 ? null : i % 2 == 0 },
        })];

    private static CallRecord Answer(int minute) => new SomeCalls(minute).At(Start.AddMinutes(minute)) with
    {
        Operation = Operation.Messages,
        Outcome = CallOutcome.Success,
        IsStream = true,
        Timing = Timing(5000, first: 1000),
    };

    private static CallRecord Connected(int minute, bool isReused) =>
        Answer(minute) with { Transfer = new TransferFacts { IsConnectionReused = isReused } };

    private static CallTiming Timing(int total, int? first = null) => new() { Total = Ms(total), FirstContent = first is { } ms ? Ms(ms) : null };

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static Grouping[] Groupings(string by) => by.Length == 0 ? [] : [.. by.Split(',').Select(name => name.StartsWith("tag:", StringComparison.Ordinal)
        ? new Grouping(GroupKind.Tag, name[4..])
        : new Grouping(Enum.Parse<GroupKind>(name, ignoreCase: true)))];

    private static bool IsGeneration(CallRecord record) => record.Operation is Operation.Messages or Operation.Converse;

    // The same figures from records in memory.
    private static LatencyTotals Measure(IEnumerable<CallRecord> records)
    {
        var all = records.Where(IsGeneration).ToList();
        var whole = all.Where(r => r.Outcome is CallOutcome.Success or CallOutcome.Refused).ToList();
        var failed = all.Where(r => r.Outcome is CallOutcome.Error or CallOutcome.Timeout or CallOutcome.Truncated or CallOutcome.Interrupted).ToList();
        return new LatencyTotals
        {
            Answers = whole.Count,
            Streamed = whole.Count(r => r.IsStream),
            Failed = failed.Count,
            Canceled = all.Count(r => r.Outcome == CallOutcome.Canceled),
            Duration = Of(whole.Select(r => (TimeSpan?)r.Timing.Total)),
            Headers = Of(whole.Select(r => r.Timing.Headers)),
            FirstEvent = Of(whole.Select(r => r.Timing.FirstEvent)),
            FirstToken = Of(whole.Where(r => r.IsStream).Select(r => r.Timing.FirstContent)),
            LongestGap = Of(whole.Select(r => r.Timing.LongestGap)),
            OutputTokensPerSecond = Of(whole.Select(Rate)),
            FailedDuration = Of(failed.Where(r => r.Outcome != CallOutcome.Interrupted).Select(r => (TimeSpan?)r.Timing.Total)),
            RequestBytes = whole.Sum(r => r.Transfer.RequestBytes ?? 0),
            ResponseBytes = whole.Sum(r => r.Transfer.ResponseBytes),
            ObservedConnections = whole.Count(r => r.Transfer.IsConnectionReused is not null),
            ReusedConnections = whole.Count(r => r.Transfer.IsConnectionReused == true),
        };
    }

    private static decimal? Rate(CallRecord record)
    {
        var from = record.IsStream ? record.Timing.FirstContent : TimeSpan.Zero;
        var time = record.Timing.Total - from;
        return record.Usage?.OutputTokens is > 0 and { } tokens && time >= TimeSpan.FromMilliseconds(10)
            ? decimal.Truncate(tokens * 1000m * TimeSpan.TicksPerSecond / time.Value.Ticks) / 1000
            : null;
    }

    private static Percentiles<T>? Of<T>(IEnumerable<T?> values)
        where T : struct
    {
        var sorted = values.OfType<T>().Order().ToList();
        T At(int percent) => sorted[(int)Math.Ceiling(sorted.Count * percent / 100m) - 1];
        return sorted.Count == 0 ? null : new Percentiles<T>(sorted.Count, At(50), At(95), At(99), sorted[^1], IsExact: true);
    }
}
