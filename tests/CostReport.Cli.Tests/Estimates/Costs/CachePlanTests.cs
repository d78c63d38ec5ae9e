using CostLedger.Records;
using CostReport.Cli.Estimates.Costs;
using CostReport.Cli.Tests.Estimates.Reviewing;
using Xunit;

namespace CostReport.Cli.Tests.Estimates.Costs;

public sealed class CachePlanTests
{
    private const string Hour = "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}";

    [Fact]
    public void A_first_call_writes_an_hour_up_to_the_last_mark_of_one_and_five_minutes_behind_it()
    {
        var calls = CachePlan.Calls(10_000, [Breakpoint(2_000, hour: true), Breakpoint(5_000, hour: true), Breakpoint(9_000, hour: false)]);

        Assert.Equal(new TokenSplit(1_000) { Write1h = 5_000, Write5m = 4_000 }, calls!.Value.First);
        Assert.Equal(new TokenSplit(1_000) { Read = 9_000 }, calls.Value.Later);
    }

    [Fact]
    public void What_is_below_the_minimum_is_not_cached()
    {
        Assert.Null(CachePlan.Calls(10_000, [Breakpoint(400, hour: false)]));
        Assert.Equal(600, CachePlan.Calls(10_000, [Breakpoint(400, hour: true), Breakpoint(600, hour: false)])!.Value.First.Write5m);
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        var random = new Random(5);
        for (var round = 0; round < 1_000; round++)
        {
            var breakpoints = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Breakpoint(random.Next(0, 5_000), random.Next(2) == 0)).ToList();
            if (CachePlan.Calls(5_000, breakpoints) is not var (first, later))
            {
                continue;
            }

            Assert.Equal(5_000, first.Uncached + first.Write1h + first.Write5m);
            Assert.Equal(5_000, later.Uncached + later.Read);
            Assert.True(first is { Uncached: >= 0, Write1h: >= 0, Write5m: >= 0 });
        }
    }

    [Fact]
    public void Costs_at_a_breakpoint_follow_the_price_list()
    {
        var estimated = Reviewed.Answer(Reviewed.With($"\"system\":[{Reviewed.System(2_000, Hour)}]")).Estimated!;

        var breakpoint = Assert.Single(estimated.Breakpoints);
        Assert.Equal(new NanoUsd(breakpoint.PrefixTokens * 5_000), breakpoint.Uncached);
        Assert.Equal(new NanoUsd(breakpoint.PrefixTokens * 10_000), breakpoint.Write);
        Assert.Equal(new NanoUsd(breakpoint.PrefixTokens * 500), breakpoint.Read);
        var rest = estimated.Estimate.InputTokens - breakpoint.PrefixTokens;
        Assert.Equal(new NanoUsd((rest * 5_000) + (breakpoint.PrefixTokens * 10_000)), estimated.Costs.FirstInput);
        Assert.Equal(new NanoUsd((rest * 5_000) + (breakpoint.PrefixTokens * 500)), estimated.Costs.LaterInput);
    }

    [Fact]
    public void The_most_counts_what_is_written()
    {
        var estimated = Reviewed.Answer(Reviewed.With($"\"system\":[{Reviewed.System(2_000, Hour)}]")).Estimated!;

        Assert.Equal(new NanoUsd((estimated.Estimate.InputTokensHigh * 10_000) + (100 * 25_000)), estimated.Costs.Most);
    }

    private static CacheBreakpoint Breakpoint(long prefix, bool hour) => new()
    {
        Place = "system[0]",
        Segment = 0,
        Lifetime = hour ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5),
        PrefixTokens = prefix,
        Minimum = 512,
    };
}
