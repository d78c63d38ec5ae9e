using System.Globalization;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Charts.Scales;
using Xunit;

namespace CostReport.Cli.Tests.Charts;

public sealed class TimeTicksTests
{
    private const double Width = 900;

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T23:00Z", "2026-03-29T21:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-24T22:00Z", "2026-10-25T22:00Z", 25)]
    [InlineData("America/New_York", "2026-11-01T04:00Z", "2026-11-02T04:00Z", 25)]
    [InlineData("Asia/Kolkata", "2026-10-24T18:30Z", "2026-10-25T18:29Z", 24)]
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:00Z", "2026-04-05T13:29Z", 25)]
    public void A_day_has_as_many_hours_as_its_clocks_strike(string zone, string from, string last, int hours)
    {
        var buckets = TimeBuckets.Between(Moment(from), Moment(last), TimeUnit.Hour, Zone(zone));

        Assert.Equal(hours, buckets.Count);
        Assert.Equal(hours, Enumerable.Range(0, hours).Select(buckets.Label).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Days_of_23_and_25_hours_are_as_wide_as_they_are_long()
    {
        var zone = Zone("Europe/Berlin");
        var spring = TimeBuckets.Between(Moment("2026-03-28T12:00Z"), Moment("2026-03-30T12:00Z"), TimeUnit.Day, zone);
        var autumn = TimeBuckets.Between(Moment("2026-10-24T12:00Z"), Moment("2026-10-26T12:00Z"), TimeUnit.Day, zone);

        Assert.Equal([24.0, 23, 24], Hours(spring));
        Assert.Equal([24.0, 25, 24], Hours(autumn));
        var axis = new TimeAxis(autumn, 0, 73);
        Assert.Equal([24.0, 25, 24], Enumerable.Range(0, 3).Select(i => Math.Round(axis.End(i) - axis.Start(i), 6)));
    }

    [Fact]
    public void An_hour_that_comes_twice_is_named_twice_and_one_left_out_not_at_all()
    {
        var zone = Zone("Europe/Berlin");
        var autumn = TimeBuckets.Between(Moment("2026-10-24T22:00Z"), Moment("2026-10-25T05:00Z"), TimeUnit.Hour, zone);
        var spring = TimeBuckets.Between(Moment("2026-03-28T23:00Z"), Moment("2026-03-29T03:00Z"), TimeUnit.Hour, zone);

        Assert.Equal("00:00,01:00,02:00,02:00,03:00,04:00,05:00,06:00", Near(autumn));
        Assert.Equal("00:00,01:00,03:00,04:00,05:00", Near(spring));
        Assert.Equal("Sun 25 Oct 2026, 02:00 (+02:00)", autumn.Label(2));
        Assert.Equal("Sun 25 Oct 2026, 02:00 (+01:00)", autumn.Label(3));
    }

    [Theory]
    [InlineData("Hour", "2026-11-03T00:00Z", "2026-11-03T10:00Z", "00:00,01:00,02:00", "Tue 3 Nov 2026")]
    [InlineData("Hour", "2026-11-03T05:00Z", "2026-11-06T04:00Z", "06:00,12:00,18:00,00:00,06:00", "Tue 3 Nov 2026,Wed 4 Nov 2026")]
    [InlineData("Day", "2026-10-20T00:00Z", "2026-11-02T00:00Z", "20,21,22", "Oct 2026,Nov 2026")]
    [InlineData("Day", "2026-10-20T00:00Z", "2027-01-20T00:00Z", "26,2,9", "Oct 2026,Nov 2026,Dec 2026,Jan 2027")]
    [InlineData("Day", "2026-01-01T00:00Z", "2027-03-01T00:00Z", "Jan,Feb,Mar", "2026,2027")]
    [InlineData("Month", "2024-03-05T00:00Z", "2026-03-05T00:00Z", "Mar,Apr,May", "2024,2025,2026")]
    [InlineData("Month", "1970-03-05T00:00Z", "2026-03-05T00:00Z", "1975,1980,1985", "")]
    [InlineData("Year", "1970-03-05T00:00Z", "2026-03-05T00:00Z", "1970,1975,1980", "")]
    public void Steps_are_those_of_clock_and_calendar(string unit, string from, string last, string near, string far)
    {
        var buckets = TimeBuckets.Between(Moment(from), Moment(last), Enum.Parse<TimeUnit>(unit), TimeZoneInfo.Utc);

        Assert.StartsWith(near, Near(buckets), StringComparison.Ordinal);
        Assert.StartsWith(far, string.Join(',', Ticks(buckets).Far.Select(t => t.Label)), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_stretch_of_time_has_few_ticks_that_rise_and_lie_in_it()
    {
        var random = new Random(7);
        string[] zones = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia"];
        for (var round = 0; round < 400; round++)
        {
            var zone = Zone(zones[random.Next(zones.Length)]);
            var unit = (TimeUnit)random.Next(5);
            var from = DateTimeOffset.UnixEpoch.AddHours(random.Next(500_000));
            var length = random.Next(1, 300) * (unit switch { TimeUnit.Hour => 1, TimeUnit.Day => 24, TimeUnit.Week => 168, TimeUnit.Month => 730, _ => 8766 });

            var buckets = TimeBuckets.Between(from, from.AddHours(length), unit, zone);
            var ticks = Ticks(buckets);

            Assert.Equal(buckets.Starts.Order().Distinct(), buckets.Starts);
            Assert.All(Enumerable.Range(0, buckets.Count), i => Assert.True(buckets.IndexOf(buckets.EndOf(i).AddTicks(-1)) == i, $"{zone.Id} {unit} {i}: {buckets.Starts[i]:O} to {buckets.EndOf(i):O}"));
            Assert.Equal(ticks.Near.Select(t => t.At).Order().Distinct(), ticks.Near.Select(t => t.At));
            Assert.All(ticks.Near, t => Assert.InRange(t.At, buckets.Starts[0], buckets.End));
            Assert.InRange(ticks.Near.Count, unit == TimeUnit.Year || buckets.Count < 3 ? 0 : 1, 60);
        }
    }

    private static double[] Hours(TimeBuckets buckets) => [.. Enumerable.Range(0, buckets.Count).Select(i => (buckets.EndOf(i) - buckets.Starts[i]).TotalHours)];

    private static string Near(TimeBuckets buckets) => string.Join(',', Ticks(buckets).Near.Select(t => t.Label));

    private static TimeTicks Ticks(TimeBuckets buckets) => TimeTicks.Of(buckets, label => Width / ((label.Length * 7) + 10));

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
