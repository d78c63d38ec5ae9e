using System.Globalization;
using CostReport.Cli.Times;
using Xunit;

namespace CostReport.Cli.Tests.Times;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-10-20", "2026-10-20T12:00", "2026-10-19 00:00", "2026-10-19 12:00")]
    [InlineData("2026-10-20", "2026-10-21", "2026-10-19 00:00", "2026-10-20 00:00")]
    [InlineData("2026-10-20", "2026-10-22T06:00", "2026-10-17 00:00", "2026-10-19 06:00")]
    [InlineData("2026-10-25", "2026-10-25T12:00", "2026-10-24 00:00", "2026-10-24 12:00")]
    [InlineData("2026-10-26", "2026-10-26T12:00", "2026-10-25 00:00", "2026-10-25 12:00")]
    [InlineData("2026-03-30", "2026-03-30T02:30", "2026-03-29 00:00", "2026-03-29 03:30")]
    public void What_begins_with_a_day_is_compared_with_the_same_hours_of_days_before(string since, string until, string first, string end) =>
        Assert.Equal((first, end), Before(since, until));

    [Theory]
    [InlineData("2026-10-01", "2026-10-20T12:00", "2026-09-01 00:00", "2026-09-20 12:00")]
    [InlineData("2026-10", "2026-11", "2026-09-01 00:00", "2026-10-01 00:00")]
    [InlineData("2026-03", "2026-04", "2026-02-01 00:00", "2026-03-01 00:00")]
    [InlineData("2026-03-01", "2026-03-30T12:00", "2026-02-01 00:00", "2026-03-01 00:00")]
    [InlineData("2026-03-01", "2026-03-29", "2026-02-01 00:00", "2026-03-01 00:00")]
    [InlineData("2026-07", "2026-10", "2026-04-01 00:00", "2026-07-01 00:00")]
    [InlineData("2026-01-01", "2026-03-05", "2025-10-01 00:00", "2025-12-05 00:00")]
    [InlineData("2026-10-01", "2026-10-01T12:00", "2026-09-30 00:00", "2026-09-30 12:00")]
    [InlineData("2026-10-01", "2026-10-02", "2026-09-30 00:00", "2026-10-01 00:00")]
    public void What_begins_with_a_month_is_compared_with_months_before(string since, string until, string first, string end) =>
        Assert.Equal((first, end), Before(since, until));

    [Theory]
    [InlineData("2026-10-20T06:00", "2026-10-20T18:00", "2026-10-19 18:00", "2026-10-20 06:00")]
    [InlineData("2026-10-20T00:01", "2026-10-21T00:01", "2026-10-19 00:01", "2026-10-20 00:01")]
    public void What_begins_within_a_day_is_compared_with_as_long_a_time(string since, string until, string first, string end) =>
        Assert.Equal((first, end), Before(since, until));

    [Fact]
    public void A_period_that_is_not_over_is_compared_as_far_as_it_has_come() =>
        Assert.Equal(("2026-11-19 00:00", "2026-11-19 12:00"), Before("2026-11-20", "2026-11-21"));

    [Theory]
    [InlineData("1970-01-02", "2026-11-20")]
    [InlineData("2026-11-21", "2026-11-22")]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData("2026-11-20", "2026-11-19")]
    public void What_had_no_time_before_it_or_has_not_begun_is_compared_with_nothing(string since, string until) =>
        Assert.Null(Of(since, until).Before);

    [Fact]
    public void A_midnight_that_a_clock_change_leaves_out_begins_its_day_all_the_same()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");
        var period = new Period(Moment.AtWallClock(new DateTime(2018, 11, 4), zone), Moment.AtWallClock(new DateTime(2018, 11, 4, 12, 0, 0), zone), Now(zone), zone);

        Assert.Equal(new CalendarStep(1, IsMonths: false), period.Step);
        Assert.Equal(Moment.AtWallClock(new DateTime(2018, 11, 3), zone), period.Before?.Since);
    }

    [Fact]
    public void The_period_before_ends_before_this_one_begins_and_is_about_as_long_whatever_they_are()
    {
        var random = new Random(11);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        for (var round = 0; round < 5000; round++)
        {
            var since = Moment.AtWallClock(new DateTime(2020, 1, 1).AddDays(random.Next(2000)).AddHours(random.Next(3) == 0 ? random.Next(24) : 0), zone);
            var period = new Period(since, since.AddMinutes(random.Next(1, 200_000)), Now(zone), zone);

            var before = period.Before;

            Assert.NotNull(before);
            Assert.True(before.Since < before.Until && before.Until <= period.Since, $"{period.Since} to {period.Until}");
            Assert.True(before.Until - before.Since <= (period.Until - period.Since) + TimeSpan.FromDays(4), $"{period.Since} to {period.Until}");
        }
    }

    private static (string First, string End) Before(string since, string until)
    {
        var period = Of(since, until);
        Assert.NotNull(period.Before);
        string Show(DateTimeOffset? moment) => period.Local(moment ?? default).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return (Show(period.Before.Since), Show(period.Before.Until));
    }

    private static Period Of(string since, string until)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        return new Period(Moment.Parse(since, default, zone), Moment.Parse(until, default, zone), Now(zone), zone);
    }

    private static DateTimeOffset Now(TimeZoneInfo zone) => Moment.AtWallClock(new DateTime(2026, 11, 20, 12, 0, 0), zone);
}
