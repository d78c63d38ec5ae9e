using CostLedger.Querying;
using CostLedger.Querying.Caching;
using CostLedger.Querying.Caching.Findings;
using CostLedger.Querying.Caching.Scans;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Tests.Storage;
using Xunit;
using static CostLedger.Tests.Querying.Caching.CacheTraffics;

namespace CostLedger.Tests.Querying.Caching;

public sealed class CacheQueryTests : IDisposable
{
    // Bounds at every seventh call, the last pieces first: pieces come as threads take them.
    private static IEnumerable<(CallId Low, CallId High)> Pieces(CallId first, IReadOnlyList<CallId> calls)
    {
        CallId[] bounds = [first, .. calls.Where((_, i) => i % 7 == 3), Selection.End];
        return bounds.Zip(bounds.Skip(1)).Reverse();
    }

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");

    private readonly LedgerFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Groups_and_reasons_add_up_to_the_totals_and_these_to_the_calls(int seed)
    {
        var calls = Arbitrary(seed, 600);

        foreach (var by in new GroupKind[][] { [], [GroupKind.Model], [GroupKind.Session, GroupKind.Day], [GroupKind.Conversation], [GroupKind.Hour] })
        {
            var report = Ask(calls, by: [.. by.Select(kind => new Grouping(kind))]);
            var totals = report.Totals;

            AssertOracle(calls, totals);
            Assert.Equal(totals.Breaks.Cost.Value, report.Reasons.Where(r => !r.IsMissed).Sum(r => r.Loss.Cost.Value));
            Assert.Equal(totals.Breaks.Count, report.Reasons.Where(r => !r.IsMissed).Sum(r => r.Loss.Count));
            Assert.Equal(totals.Missed.Tokens, report.Reasons.Where(r => r.IsMissed).Sum(r => r.Loss.Tokens));
            if (by.Length > 0)
            {
                Assert.True(report.Groups.Count > 1);
                Assert.Equal(totals.InputTokens, report.Groups.Sum(g => g.Totals.InputTokens));
                Assert.Equal(totals.Saved.Value, report.Groups.Sum(g => g.Totals.Saved.Value));
                Assert.Equal(totals.Breaks.Cost.Value, report.Groups.Sum(g => g.Totals.Breaks.Cost.Value));
                Assert.Equal(totals.Missed.Count, report.Groups.Sum(g => g.Totals.Missed.Count));
                Assert.Equal(report.Groups.Count, report.Groups.DistinctBy(g => string.Join('|', g.Key)).Count());
            }
        }
    }

    [Fact]
    public void The_worst_breaks_come_first_and_no_more_than_asked_for()
    {
        var calls = Arbitrary(4, 400);
        var expected = calls.Where(c => c.CacheBreak is { IsMissed: false })
            .OrderByDescending(c => c.CacheBreak?.CostLost ?? NanoUsd.Zero).ThenByDescending(c => c.CacheBreak?.TokensLost).ThenBy(c => c.Id)
            .Select(c => c.Id).ToList();

        Assert.Equal(expected.Take(7), Ask(calls, new BreakChoice { Most = 7 }).Breaks.Select(b => b.Id));
        Assert.Equal(expected, Ask(calls, new BreakChoice { Most = int.MaxValue }).Breaks.Select(b => b.Id));
        Assert.Empty(Ask(calls, new BreakChoice { Most = 0 }).Breaks);
    }

    [Fact]
    public void A_reason_chooses_breaks_and_nothing_else()
    {
        var calls = Arbitrary(5, 400);
        var all = Ask(calls);

        var one = Ask(calls, new BreakChoice { Reasons = ["system_changed"] });

        Assert.All(one.Breaks, b => Assert.Equal("system_changed", b.Lost.Reason));
        Assert.Equal(all.Reasons.Where(r => r.Reason == "system_changed").Select(r => r.Loss), one.Reasons.Select(r => r.Loss));
        Assert.Equal(all.Totals with { Breaks = default, Missed = default }, one.Totals with { Breaks = default, Missed = default });
        Assert.Equal(all.Provider, one.Provider);
        Assert.Equal(all.Verdicts, one.Verdicts);
    }

    [Fact]
    public void Filters_and_periods_apply()
    {
        var calls = Arbitrary(6, 500);
        CallFilter[] filters =
        [
            new() { Since = Start.AddHours(10), Until = Start.AddHours(60) },
            new() { Models = ["claude-haiku*"] },
            new() { Sessions = ["alpha"] },
        ];

        Assert.All(filters, filter => AssertOracle([.. UsageOracle.Select(calls, filter)], Ask(calls, filter: filter).Totals));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Calls_that_broke_the_cache_are_found_from_their_breaks(int seed)
    {
        var calls = Arbitrary(seed, 600);
        var broken = calls.Where(c => c.CacheBreak is { IsMissed: false }).ToList();
        CallFilter[] filters = [new(), new() { Since = Start.AddHours(10), Until = Start.AddHours(60) }, new() { Models = ["claude-haiku*"] }];

        Assert.All(filters, filter =>
        {
            var expected = Ask([.. UsageOracle.Select(broken, filter)], new BreakChoice { Most = 5 });
            var alone = Ask(calls, new BreakChoice { Most = 5 }, filter: filter with { OnlyCacheBreaks = true });

            Assert.NotEqual(0, expected.Totals.Breaks.Count);
            Assert.Equal(expected.Totals, alone.Totals);
            Assert.Equal(expected.Reasons.Select(r => (r.Reason, r.Loss)), alone.Reasons.Select(r => (r.Reason, r.Loss)));
            Assert.Equal(expected.Breaks.Select(b => b.Id), alone.Breaks.Select(b => b.Id));
            Assert.Equal(expected.Verdicts, alone.Verdicts);
        });
    }

    [Fact]
    public void A_range_may_be_gone_through_in_pieces()
    {
        using var ledger = TestLedger.With(Arbitrary(9, 500));
        using var reader = ledger.Read();
        var whole = new CacheQuery(new CallFilter(), [], Zone, new BreakChoice()).Run(reader.Connection);

        using var scan = new CacheScan(reader.Connection, Selection.All, [], Zone, new BreakChoice(), onlyBreaks: false);
        foreach (var (low, high) in Pieces(new CallId(UInt128.Zero), [.. reader.Calls(new CallFilter()).Select(c => c.Id)]))
        {
            scan.Run(low, high);
        }

        Assert.Equal(whole.Totals.Breaks.Count + whole.Totals.Missed.Count, scan.Result.Reasons.Values.Sum(r => r.Sums.Count));
        Assert.Equal(whole.Verdicts.Sum(v => v.Count), scan.Result.Verdicts.Values.Sum());
    }

    [Fact]
    public void The_providers_losses_are_counted_against_calls_that_could_have_read()
    {
        var evicted = Lost(Bare(1, Usage(written5m: 5000)), "provider_evicted", 5000, 40);
        CallRecord[] calls =
        [
            evicted,
            Bare(2, Usage(read: 5000)),
            Bare(3, Usage(input: 10)) with { Estimate = new TokenEstimate { InputTokens = 10, ExpectedCacheReadTokens = 8 } },
            Bare(4, Usage(input: 10)),
            Bare(5, Usage(read: 10)) with { Provider = Provider.Bedrock, Location = "eu-west-1" },
            Bare(6, Usage(read: 10)) with { Provider = Provider.Bedrock, Location = "us-east-1" },
        ];

        var report = Ask(calls);

        Assert.Equal(["", "eu-west-1", "us-east-1"], report.Provider.Select(p => p.Location ?? ""));
        Assert.Equal(new CacheLoss(1, 5000, new NanoUsd(40), 0), report.Provider[0].Loss);
        Assert.Equal(3, report.Provider[0].Readable);
        Assert.Equal(1m / 3, report.Provider[0].Rate);
    }

    [Fact]
    public void Forecasts_are_right_within_half_a_percent_or_eight_tokens()
    {
        CallRecord Foreseen(int minute, long expected, long read) =>
            Bare(minute, Usage(read: read)) with { Estimate = new TokenEstimate { InputTokens = 10, ExpectedCacheReadTokens = expected } };

        var forecast = Ask([Foreseen(1, 10_000, 10_050), Foreseen(2, 0, 8), Foreseen(3, 10_000, 0), Foreseen(4, 0, 9), Bare(5, Usage(read: 3))]).Forecast;

        Assert.Equal(new ForecastAccuracy(4, 2, 1, 1, 20_000, 10_067), forecast);
    }

    [Fact]
    public void Agreement_is_over_the_verdicts_that_can_be_compared()
    {
        CallRecord Judged(int minute, string? ours, string theirs) =>
            (ours is null ? Bare(minute, Usage(read: 1)) : Lost(Bare(minute, Usage()), ours, 10, 1)) with { CacheVerdict = new CacheVerdict(theirs, 10) };

        var report = Ask([Judged(1, "system_changed", "system_changed"), Judged(2, "tools_reordered", "tools_changed"), Judged(3, "provider_evicted", "tools_changed"), Judged(4, null, "pending"), Judged(5, null, "messages_changed")]);

        Assert.Equal(2m / 3, report.Agreement);
        Assert.Equal(5, report.Verdicts.Sum(v => v.Count));
        Assert.Null(Ask([Bare(1, Usage())]).Agreement);
    }

    [Fact]
    public void A_break_is_named_by_its_conversation_else_by_the_first_call_of_its_thread_that_asked_for_an_answer()
    {
        var counted = Call(0, [1, 2, 3], Usage()) with { Operation = Operation.CountTokens };
        var first = Call(1, [1, 2, 3], Usage(written5m: 3000), Five(3));
        var second = Lost(Call(2, [1, 2, 3, 4], Usage(written5m: 4000), Five(4)), "system_changed", 3000, 2);
        var named = Lost(Bare(3, Usage()), "system_changed", 10, 1) with { Labels = new CallLabels { Conversation = "support", Session = "shop" } };
        var unknown = Lost(Bare(4, Usage()), "system_changed", 10, 0);

        var breaks = Ask([counted, first, second, named, unknown]).Breaks;

        Assert.Equal([first.Id.ToString(), "support", null], breaks.Select(b => b.Conversation));
        Assert.Equal("shop", breaks[1].Session);
    }

    [Fact]
    public void Calls_that_tell_nothing_of_a_cache_or_have_no_price_are_told_of()
    {
        var untold = Bare(1, new TokenUsage { InputTokens = 500 });
        var unpriced = Lost(Bare(2, Usage(input: 500), "nobody-knows"), "system_changed", 100, -1);
        var counted = Bare(3, new TokenUsage { InputTokens = 900 }) with { Operation = Operation.CountTokens };

        var totals = Ask([untold, unpriced, counted]).Totals;

        Assert.Equal((1, 1), (totals.UntoldAttempts, totals.UnpricedAttempts));
        Assert.Equal(new CacheLoss(1, 100, NanoUsd.Zero, 1), totals.Breaks);
        Assert.Equal((1000, 0m), (totals.UncachedTokens, totals.HitRatio));
    }

    [Fact]
    public void Savings_can_be_negative_and_an_empty_ledger_has_no_ratio()
    {
        Assert.True(Ask([Bare(1, Usage(written1h: 100_000))]).Totals.Saved < NanoUsd.Zero);

        using var empty = new TestLedger();
        using var reader = empty.Read();
        var report = reader.Cache(new CallFilter(), [new Grouping(GroupKind.Model)], TimeZoneInfo.Utc);

        Assert.Equal(new CacheTotals(), report.Totals);
        Assert.Null(report.Totals.HitRatio);
        Assert.Empty(report.Groups);
    }

    public void Dispose() => _folder.Dispose();

    private CacheReport Ask(IReadOnlyList<CallRecord> calls, BreakChoice? choice = null, CallFilter? filter = null, IReadOnlyList<Grouping>? by = null)
    {
        File.Delete(_folder.Ledger);
        PromptTrees.Store(_folder, calls);
        using var reader = LedgerReader.Open(_folder.Ledger);
        return reader.Cache(filter ?? new CallFilter(), by ?? [], Zone, choice);
    }

    private static void AssertOracle(List<CallRecord> calls, CacheTotals totals)
    {
        long Sum(Func<TokenUsage, long?> count) => calls.Sum(c => c.Usage is { } usage ? count(usage) ?? 0 : 0);
        var (read, all) = (Sum(u => u.CacheReadInputTokens), Sum(u => u.TotalInputTokens));
        Assert.Equal(calls.Count, totals.Attempts);
        Assert.Equal((read, all), (totals.ReadTokens, (long)totals.InputTokens));
        Assert.Equal((decimal)read / all, totals.HitRatio);
        Assert.Equal(calls.Sum(c => c.Cost.SavedByCache?.Value ?? 0), totals.Saved.Value);
        Assert.Equal(calls.Sum(c => c.Cost.Total?.Value - c.Cost.ByClass?.Output.Value ?? 0), totals.InputCost.Value);
        Assert.Equal(calls.Count(c => c.CacheBreak is { IsMissed: false }), totals.Breaks.Count);
        Assert.Equal(calls.Sum(c => c.CacheBreak is { IsMissed: false, CostLost: { } cost } ? cost.Value : 0), totals.Breaks.Cost.Value);
        Assert.Equal(calls.Sum(c => c.CacheBreak is { IsMissed: true } lost ? lost.TokensLost : 0), totals.Missed.Tokens);
    }

    private static List<CallRecord> Arbitrary(int seed, int count)
    {
        var random = new Random(seed);
        string[] reasons = ["system_changed", "ttl_expired_5m", "provider_evicted", "tools_reordered"];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var call = Bare(
                (i * 10) + random.NextDouble(),
                Usage(random.Next(5000), random.Next(50_000), random.Next(3000), random.Next(2) * random.Next(3000)),
                random.Next(3) switch { 0 => Model, 1 => "claude-haiku-4-5", _ => "nobody-knows" });
            call = call with { Labels = new CallLabels { Session = random.Next(3) switch { 0 => "alpha", 1 => "beta", _ => null }, Conversation = random.Next(2) == 0 ? $"c{random.Next(9)}" : null } };
            call = random.Next(3) == 0 ? Lost(call, reasons[random.Next(4)], random.Next(9000), random.Next(-1, 4) * 1000, isMissed: random.Next(3) == 0) : call;
            return random.Next(4) == 0 ? call with { CacheVerdict = new CacheVerdict(random.Next(2) == 0 ? "none" : "system_changed", null) } : call;
        })];
    }
}
