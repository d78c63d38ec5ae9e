using System.Globalization;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Reports;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.Times;
using Xunit;

namespace CostReport.Cli.Tests.Reports;

public sealed class DayCostsTests
{
    [Fact]
    public void Every_day_of_the_period_is_there_and_days_without_calls_are_no_zero()
    {
        var costs = DayCosts.Of([Group("2026-11-18", "a", 5), Group("2026-11-20", "a", 0)], Period("2026-11-17"), 100);

        Assert.Equal("day", costs.Unit);
        Assert.Equal([17, 18, 19, 20], costs.Buckets.Select(b => b.Day));
        Assert.Equal([null, new NanoUsd(5), null, NanoUsd.Zero], costs.Sums());
    }

    [Fact]
    public void Models_come_by_cost_and_add_up()
    {
        var costs = DayCosts.Of([Group("2026-11-18", "a", 5), Group("2026-11-18", "b", 7), Group("2026-11-19", null, 1)], Period("2026-11-18"), 100);

        Assert.Equal(["b", "a", "(none)"], costs.Costs.Select(c => c.Model), StringComparer.Ordinal);
        Assert.Equal([new NanoUsd(12), new NanoUsd(1), null], costs.Sums());
    }

    [Theory]
    [InlineData(40, "day")]
    [InlineData(41, "week")]
    [InlineData(280, "week")]
    [InlineData(281, "month")]
    [InlineData(1200, "month")]
    [InlineData(1300, "year")]
    public void Too_many_days_become_weeks_months_or_years_and_nothing_is_lost(int days, string unit)
    {
        var last = DateOnly.FromDateTime(Sample.Now.UtcDateTime);
        var groups = Enumerable.Range(0, days).Select(i => Group(last.AddDays(-i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "a", i + 1)).ToList();

        var costs = DayCosts.Of(groups, new Period(null, null, Sample.Now, TimeZoneInfo.Utc), 40);

        Assert.Equal(unit, costs.Unit);
        Assert.True(costs.Buckets.Count <= 44, $"{costs.Buckets.Count} buckets");
        Assert.Equal(days * (days + 1L) / 2, costs.Sums().Sum(s => s?.Value ?? 0));
    }

    [Fact]
    public void Weeks_begin_on_monday()
    {
        var costs = DayCosts.Of([Group("2026-11-01", "a", 1), Group("2026-11-20", "a", 1)], new Period(null, null, Sample.Now, TimeZoneInfo.Utc), 10);

        Assert.All(costs.Buckets, b => Assert.Equal(DayOfWeek.Monday, b.DayOfWeek));
        Assert.Equal(new DateOnly(2026, 10, 26), costs.Buckets[0]);
    }

    [Fact]
    public void The_days_of_a_clock_change_are_one_bucket_each()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var now = new DateTimeOffset(2026, 10, 27, 12, 0, 0, TimeSpan.Zero);
        var since = Moment.Parse("2026-10-24", now, zone);

        var costs = DayCosts.Of([Group("2026-10-25", "a", 1)], new Period(since, null, now, zone), 100);

        Assert.Equal([24, 25, 26, 27], costs.Buckets.Select(b => b.Day));
    }

    [Fact]
    public void An_end_at_midnight_has_no_empty_day_after_it()
    {
        var period = Period("2026-11-01") with { Until = new DateTimeOffset(2026, 11, 4, 0, 0, 0, TimeSpan.Zero) };

        Assert.Equal([1, 2, 3], DayCosts.Of([Group("2026-11-02", "a", 1)], period, 100).Buckets.Select(b => b.Day));
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("1970-01-01")]
    public void Impossible_days_do_no_harm(string day)
    {
        var costs = DayCosts.Of([Group("2026-11-18", "a", 1), Group(day, "a", 2), Group("no day", "a", 4)], Period("2026-11-17"), 40);

        Assert.Equal(3, costs.Sums().Sum(s => s?.Value ?? 0));
    }

    private static Period Period(string since) => new(
        DateTimeOffset.Parse(since + "T00:00:00Z", CultureInfo.InvariantCulture), null, Sample.Now, TimeZoneInfo.Utc);

    private static UsageGroup Group(string day, string? model, long nano) => new(
        [day, model],
        new UsageTotals { Attempts = 1, Cost = new CostByClass(new NanoUsd(nano), default, default, default, default, default) });
}
