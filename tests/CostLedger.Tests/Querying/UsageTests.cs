using CostLedger.Querying;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Querying;

public sealed class UsageTests : IClassFixture<UsageTests.Ledgers>
{
    private static readonly DateTimeOffset Start = new(2026, 10, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Length = TimeSpan.FromDays(100);
    private readonly Ledgers _ledgers;

    public UsageTests(Ledgers ledgers) => _ledgers = ledgers;

    public static TheoryData<string, string> ZonesAndGroupings()
    {
        var data = new TheoryData<string, string>();
        string[] zones = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"];
        foreach (var zone in zones)
        {
            foreach (var by in (string[])["hour", "day", "week", "month", "day,model", "model,month,status", "hour,hour"])
            {
                data.Add(zone, by);
            }
        }

        foreach (var by in (string[])["", "model", "provider", "session", "tag:team", "tag:env\"'", "tag:absent", "status", "stop_reason", "session,tag:team,provider"])
        {
            data.Add("UTC", by);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ZonesAndGroupings))]
    public void Every_grouping_equals_the_oracle_in_every_zone(string zone, string by)
    {
        using var reader = _ledgers.Ledger.Read();

        var report = reader.Usage(new CallFilter(), Groupings(by), TimeZoneInfo.FindSystemTimeZoneById(zone));

        AssertSame(UsageOracle.Usage(_ledgers.Records, new CallFilter(), Groupings(by), TimeZoneInfo.FindSystemTimeZoneById(zone)), report);
        Assert.Equal(_ledgers.Records.Count, report.Totals.Attempts);
    }

    [Fact]
    public void Every_filter_equals_the_oracle()
    {
        using var reader = _ledgers.Ledger.Read();
        foreach (var filter in Filters())
        {
            var report = reader.Usage(filter, Groupings("model,status"), TimeZoneInfo.Utc);

            AssertSame(UsageOracle.Usage(_ledgers.Records, filter, Groupings("model,status"), TimeZoneInfo.Utc), report);
        }
    }

    [Fact]
    public void Filters_leave_something_to_compare()
    {
        using var reader = _ledgers.Ledger.Read();

        Assert.All(Filters(), filter => Assert.NotEqual(0, reader.Usage(filter, [], TimeZoneInfo.Utc).Totals.Attempts));
    }

    [Fact]
    public void A_name_that_nobody_has_selects_nothing()
    {
        using var reader = _ledgers.Ledger.Read();
        CallFilter[] filters =
        [
            new() { Sessions = ["nobody"] },
            new() { Models = ["claude"] },
            new() { Tags = [new("team", "nobody")] },
            new() { Statuses = ["418"] },
            new() { Since = Start.AddYears(1) },
            new() { Until = Start.AddYears(-60) },
            new() { Since = Start.AddDays(2), Until = Start.AddDays(1) },
        ];

        Assert.All(filters, filter =>
        {
            var report = reader.Usage(filter, Groupings("model"), TimeZoneInfo.Utc);
            Assert.Equal(new UsageTotals(), report.Totals);
            Assert.Empty(report.Groups);
            Assert.Empty(report.PriceVersions);
        });
    }

    [Fact]
    public void A_period_includes_its_first_microsecond_and_not_its_last()
    {
        var at = Start.AddTicks(7 * TimeSpan.TicksPerMicrosecond);
        using var ledger = TestLedger.With([new SomeCalls(1).At(at)]);
        using var reader = ledger.Read();

        Assert.Equal(1, Count(new CallFilter { Since = at, Until = at.AddTicks(1) }));
        Assert.Equal(0, Count(new CallFilter { Since = at.AddTicks(1) }));
        Assert.Equal(0, Count(new CallFilter { Until = at }));
        Assert.Equal(1, Count(new CallFilter { Since = at.ToOffset(TimeSpan.FromHours(9)) }));

        long Count(CallFilter filter) => reader.Usage(filter, [], TimeZoneInfo.Utc).Totals.Attempts;
    }

    [Fact]
    public void A_status_that_is_none_is_named()
    {
        using var reader = _ledgers.Ledger.Read();

        var error = Assert.Throws<ArgumentException>(() => reader.Usage(new CallFilter { Statuses = ["broken"] }, [], TimeZoneInfo.Utc));

        Assert.Contains("'broken' is no status", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_ledger_has_empty_sums()
    {
        using var ledger = new TestLedger();
        using var reader = ledger.Read();

        var report = reader.Usage(new CallFilter(), Groupings("day,model"), TimeZoneInfo.Utc);

        Assert.Equal(new UsageTotals(), report.Totals);
        Assert.Empty(report.Groups);
    }

    [Fact]
    public void Absurd_counts_stop_at_the_limit_and_do_not_fail_a_report()
    {
        var calls = new SomeCalls(2);
        var huge = new TokenUsage { InputTokens = long.MaxValue, OutputTokens = long.MinValue, CacheCreationInputTokens = long.MinValue, CacheCreation1hInputTokens = long.MaxValue };
        using var ledger = TestLedger.With([calls.At(Start) with { Usage = huge, Estimate = null }, calls.At(Start) with { Usage = huge, Estimate = null }]);
        using var reader = ledger.Read();

        var totals = reader.Usage(new CallFilter(), [], TimeZoneInfo.Utc).Totals;

        Assert.Equal(long.MaxValue, totals.InputTokens);
        Assert.Equal(0, totals.OutputTokens);
        Assert.Equal(2, totals.Attempts);
    }

    private static IEnumerable<CallFilter> Filters()
    {
        var middle = Start + (Length / 2);
        yield return new() { Since = middle };
        yield return new() { Until = middle };
        yield return new() { Since = Start.AddDays(3.3), Until = Start.AddDays(9.7) };
        yield return new() { Models = ["claude-*"] };
        yield return new() { Models = ["CLAUDE-OPUS-?", "*haiku*"] };
        yield return new() { Models = ["*drop table*"] };
        yield return new() { Models = ["a\0b"] };
        yield return new() { Models = ["*"] };
        yield return new() { Providers = [Provider.Bedrock, Provider.GoogleCloud] };
        yield return new() { Sessions = ["alpha", "nobody", "Robert \"Bob\""] };
        yield return new() { Sessions = [""] };
        yield return new() { Sessions = [new string('s', 10_240)] };
        yield return new() { Conversations = ["ש\u202Eלום"] };
        yield return new() { Tags = [new("team", "red")] };
        yield return new() { Tags = [new("team", "nul\0"), new("env\"'", "quo\"te")] };
        yield return new() { Statuses = ["error"] };
        yield return new() { Statuses = ["429", "5xx", "refused"] };
        yield return new()
        {
            Since = Start.AddDays(1),
            Models = ["claude*"],
            Providers = [Provider.Anthropic, Provider.Vertex, Provider.Foundry],
            Statuses = ["success", "4xx"],
            Tags = [new("team", "blue")],
        };
    }

    private static Grouping[] Groupings(string by) =>
        [.. by.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => name.StartsWith("tag:", StringComparison.Ordinal)
            ? new Grouping(GroupKind.Tag, name[4..])
            : new Grouping(Enum.Parse<GroupKind>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)))];

    private static void AssertSame(UsageReport expected, UsageReport actual)
    {
        Assert.Equal(expected.Totals, actual.Totals);
        Assert.Equal(expected.PriceVersions, actual.PriceVersions);
        Assert.Equal(expected.Groups.Select(g => g.Key), actual.Groups.Select(g => g.Key));
        Assert.Equal(expected.Groups.Select(g => g.Totals), actual.Groups.Select(g => g.Totals));
    }

    /// <summary>One ledger for all questions: writing it takes longer than asking.</summary>
    public sealed class Ledgers : IDisposable
    {
        public Ledgers()
        {
            // Beyond the calls of every day, many around the changes of clocks.
            var calls = new SomeCalls(20261103);
            Records =
            [
                .. calls.Between(Start, Start + Length, 2500)
                    .Concat(calls.Between(new(2026, 10, 24, 23, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 4, 0, 0, TimeSpan.Zero), 200))
                    .Concat(calls.Between(new(2026, 10, 3, 12, 0, 0, TimeSpan.Zero), new(2026, 10, 3, 18, 0, 0, TimeSpan.Zero), 200))
                    .OrderBy(r => r.Id),
            ];
            Ledger = TestLedger.With(Records);
        }

        internal List<CallRecord> Records { get; }

        internal TestLedger Ledger { get; }

        public void Dispose() => Ledger.Dispose();
    }
}
