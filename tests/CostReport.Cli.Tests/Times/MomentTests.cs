using CostReport.Cli.Times;
using Xunit;

namespace CostReport.Cli.Tests.Times;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 34, 56, TimeSpan.Zero);

    [Theory]
    [InlineData("30m", "2026-11-20T12:04:56Z")]
    [InlineData("24h", "2026-11-19T12:34:56Z")]
    [InlineData("7d", "2026-11-13T12:34:56Z")]
    [InlineData("2w", "2026-11-06T12:34:56Z")]
    [InlineData("0d", "2026-11-20T12:34:56Z")]
    [InlineData("now", "2026-11-20T12:34:56Z")]
    [InlineData("99999999999d", "1970-01-01T00:00:00Z")]
    public void A_time_ago_counts_back_from_now(string text, string expected) => Is("Europe/Berlin", text, expected);

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-01", "2026-10-31T23:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-01", "2026-10-31T18:30:00Z")]
    [InlineData("UTC", "2026-11", "2026-11-01T00:00:00Z")]
    [InlineData("Europe/Berlin", "today", "2026-11-19T23:00:00Z")]
    [InlineData("Asia/Tokyo", "today", "2026-11-19T15:00:00Z")]
    [InlineData("Europe/Berlin", "yesterday", "2026-11-18T23:00:00Z")]
    public void A_day_is_its_midnight_in_the_time_zone(string zone, string text, string expected) => Is(zone, text, expected);

    [Theory]
    [InlineData("2026-11-01T09:30", "2026-11-01T08:30:00Z")]
    [InlineData("2026-11-01 09:30:15", "2026-11-01T08:30:15Z")]
    [InlineData("2026-11-01t09:30:15.25", "2026-11-01T08:30:15.25Z")]
    [InlineData("2026-11-01T09:30:00Z", "2026-11-01T09:30:00Z")]
    [InlineData("2026-11-01T09:30z", "2026-11-01T09:30:00Z")]
    [InlineData("2026-11-01T09:30+05:30", "2026-11-01T04:00:00Z")]
    [InlineData("2026-11-01T09:30:00.5-08:00", "2026-11-01T17:30:00.5Z")]
    [InlineData("1901-01-01T00:00:00Z", "1970-01-01T00:00:00Z")]
    public void A_time_is_in_the_zone_unless_it_has_an_offset(string text, string expected) => Is("Europe/Berlin", text, expected);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    [InlineData("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z")]
    public void Times_that_a_clock_change_leaves_out_or_repeats_have_a_meaning(string zone, string text, string expected) => Is(zone, text, expected);

    [Fact]
    public void Days_of_a_clock_change_have_23_and_25_hours()
    {
        Assert.Equal(TimeSpan.FromHours(23), Parse("Europe/Berlin", "2026-03-30") - Parse("Europe/Berlin", "2026-03-29"));
        Assert.Equal(TimeSpan.FromHours(25), Parse("Europe/Berlin", "2026-10-26") - Parse("Europe/Berlin", "2026-10-25"));
    }

    [Fact]
    public void Seven_days_are_168_hours_even_over_a_clock_change()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var now = new DateTimeOffset(2026, 10, 28, 9, 0, 0, TimeSpan.Zero);

        Assert.Equal(now.AddHours(-168), Moment.Parse("7d", now, zone));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-7d")]
    [InlineData("7 d")]
    [InlineData("7D")]
    [InlineData("1.5h")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("01/11/2026")]
    [InlineData("2026-11-01T25:00")]
    [InlineData("2026-11-01T09:30+99:00")]
    [InlineData("1780000000")]
    [InlineData("tomorrow")]
    [InlineData("９d")]
    public void Anything_else_is_no_time(string text) =>
        Assert.Null(Moment.Parse(text, Now, TimeZoneInfo.Utc));

    [Fact]
    public void Every_midnight_of_every_zone_can_be_read_and_begins_its_day()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            for (var day = new DateTime(2025, 12, 31); day.Year < 2027; day = day.AddDays(1))
            {
                var midnight = Moment.AtWallClock(day, zone);

                Assert.Equal(day, TimeZoneInfo.ConvertTime(midnight, zone).DateTime.Date);
                Assert.True(TimeZoneInfo.ConvertTime(midnight.AddTicks(-1), zone).DateTime.Date < day, $"{zone.Id} {day:yyyy-MM-dd}");
            }
        }
    }

    private static void Is(string zone, string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Parse(zone, text));

    private static DateTimeOffset? Parse(string zone, string text) => Moment.Parse(text, Now, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
