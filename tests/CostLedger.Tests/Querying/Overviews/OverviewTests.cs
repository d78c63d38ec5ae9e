using CostLedger.Querying;
using CostLedger.Querying.Latency;
using CostLedger.Querying.Overviews;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Querying.Overviews;

public sealed class OverviewTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 3, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Grouping>[] Usage =
    [
        [], [new(GroupKind.Day), new(GroupKind.Model), new(GroupKind.Status)], [new(GroupKind.Hour)], [new(GroupKind.Session)],
        [new(GroupKind.Tag, "team")], [new(GroupKind.Status), new(GroupKind.Error)],
    ];

    private static readonly IReadOnlyList<Grouping>[] Latency = [[], [new(GroupKind.Day)], [new(GroupKind.Model)]];

    [Fact]
    public void Every_answer_is_that_of_its_own_question()
    {
        using var ledger = TestLedger.With(Records(1500));
        using var reader = ledger.Read();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
        CallFilter[] filters = [new(), new() { Since = Start.AddDays(3), Until = Start.AddDays(9) }, new() { Models = ["claude-*"], Statuses = ["success", "529"] }];

        Assert.All(filters, filter =>
        {
            var overview = reader.Overview(new OverviewQuestion { Filter = filter, Zone = zone, Usage = Usage, Latency = Latency });

            Assert.All(Usage.Zip(overview.Usage), pair => AssertSame(reader.Usage(filter, pair.First, zone), pair.Second));
            Assert.All(Latency.Zip(overview.Latency), pair => AssertSame(reader.Latency(filter, pair.First, zone), pair.Second));
        });
    }

    [Fact]
    public void The_dearest_come_first_and_what_is_free_not_at_all()
    {
        var records = Records(1500);
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var dearest = reader.Overview(new OverviewQuestion { Dearest = 40 }).Dearest;

        var expected = records
            .Where(r => r.Cost.Basis != CostBasis.Unpriced && r.Cost.Total?.Value > 0)
            .OrderByDescending(r => r.Cost.Total?.Value)
            .ThenBy(r => r.Id)
            .Take(40)
            .Select(r => r.Id);
        Assert.Equal(expected, dearest.Select(r => r.Id));
        Assert.Empty(reader.Overview(new OverviewQuestion()).Dearest);
    }

    [Fact]
    public void The_slowest_whole_answers_come_first()
    {
        using var ledger = TestLedger.With(Records(1500));
        using var reader = ledger.Read();
        var filter = new CallFilter { Since = Start.AddDays(3) };

        var slowest = reader.Overview(new OverviewQuestion { Filter = filter, Slowest = SlowestCalls.Most }).Slowest;

        var expected = reader.Latency(filter, [], TimeZoneInfo.Utc).Slowest;
        Assert.Equal(SlowestCalls.Most, expected.Count);
        Assert.Equal(expected.Select(r => r.Id), slowest.Select(r => r.Id));
        Assert.Empty(reader.Overview(new OverviewQuestion()).Slowest);
    }

    [Fact]
    public void A_conversation_is_a_group()
    {
        var records = Records(300).Select((r, i) => r with { Labels = new CallLabels { Conversation = i % 3 == 0 ? null : $"c{i % 3}" } }).ToList();
        using var ledger = TestLedger.With(records);
        using var reader = ledger.Read();

        var groups = reader.Overview(new OverviewQuestion { Usage = [[new(GroupKind.Conversation)]] }).Usage[0].Groups;

        Assert.Equal(["c1", "c2", null], groups.Select(g => g.Key[0]).Order(Comparer<string?>.Create((x, y) => x is null ? 1 : y is null ? -1 : string.CompareOrdinal(x, y))));
        Assert.All(groups, g => Assert.Equal(100, g.Totals.Attempts));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_number_of_calls_that_cannot_be_is_refused(int count)
    {
        using var ledger = TestLedger.With([]);
        using var reader = ledger.Read();

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Overview(new OverviewQuestion { Dearest = count }));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Overview(new OverviewQuestion { Slowest = count }));
    }

    private static void AssertSame(UsageReport expected, UsageReport actual)
    {
        Assert.Equal(expected.Totals, actual.Totals);
        Assert.Equal(expected.PriceVersions, actual.PriceVersions);
        Assert.Equal(expected.Groups.Select(g => g.Key), actual.Groups.Select(g => g.Key));
        Assert.Equal(expected.Groups.Select(g => g.Totals), actual.Groups.Select(g => g.Totals));
    }

    private static void AssertSame(LatencyReport expected, LatencyReport actual)
    {
        Assert.Equal(Told(expected.Totals), actual.Totals);
        Assert.Equal(expected.Groups.Select(g => g.Key), actual.Groups.Select(g => g.Key));
        Assert.Equal(expected.Groups.Select(g => Told(g.Totals)), actual.Groups.Select(g => g.Totals));
        Assert.Equal(expected.Durations, actual.Durations);
    }

    // What an overview tells of latency.
    private static LatencyTotals Told(LatencyTotals all) => new()
    {
        Answers = all.Answers,
        Failed = all.Failed,
        Canceled = all.Canceled,
        Duration = all.Duration,
        FirstToken = all.FirstToken,
    };

    // Only a stream has a first content.
    private static CallRecord Streamed(CallRecord record) =>
        record.IsStream ? record : record with { Timing = record.Timing with { FirstContent = null } };

    private static List<CallRecord> Records(int count) => [.. new SomeCalls(3).Between(Start, Start.AddDays(20), count).Select(Streamed)];
}
