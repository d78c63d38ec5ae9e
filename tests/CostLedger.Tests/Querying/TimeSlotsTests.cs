using System.Globalization;
using CostLedger.Querying.Scanning;
using Xunit;

namespace CostLedger.Tests.Querying;

public sealed class TimeSlotsTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-10-24T22:00Z", 25)]
    [InlineData("Europe/Berlin", "2026-03-28T23:00Z", 23)]
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:00Z", 24.5)]
    [InlineData("Australia/Lord_Howe", "2026-10-03T13:30Z", 23.5)]
    [InlineData("Asia/Kathmandu", "2026-10-24T18:15Z", 24)]
    [InlineData("UTC", "2026-10-24T00:00Z", 24)]
    public void A_day_has_the_hours_that_its_clock_has(string zone, string midnight, double hours)
    {
        var slots = new TimeSlots(TimeUnit.Day, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var from = Ms(midnight);
        var day = slots.Of(from);

        var last = Enumerable.Range(0, 26 * 60).Last(minute => slots.Of(from + (minute * 60_000L)) == day);

        Assert.NotEqual(day, slots.Of(from - 1));
        Assert.Equal(hours, (last + 1) / 60.0);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25T00:59Z", "2026-10-25T02:00+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25T01:00Z", "2026-10-25T02:00+01:00")]
    [InlineData("Europe/Berlin", "2026-03-29T01:00Z", "2026-03-29T03:00+02:00")]
    [InlineData("Asia/Kathmandu", "2026-10-25T00:14Z", "2026-10-25T05:00+05:45")]
    [InlineData("Asia/Kathmandu", "2026-10-25T00:15Z", "2026-10-25T06:00+05:45")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:59Z", "2026-04-05T01:00+11:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T15:00Z", "2026-04-05T01:00+10:30")]
    [InlineData("America/St_Johns", "2026-01-01T00:00Z", "2025-12-31T20:00-03:30")]
    [InlineData("UTC", "1970-01-01T00:00Z", "1970-01-01T00:00+00:00")]
    public void An_hour_is_named_by_its_beginning_and_offset(string zone, string time, string name) =>
        Assert.Equal(name, NameOf(TimeUnit.Hour, zone, Ms(time)));

    [Theory]
    [InlineData(nameof(TimeUnit.Week), "2026-11-01T12:00Z", "2026-W44")]
    [InlineData(nameof(TimeUnit.Week), "2026-11-02T00:00Z", "2026-W45")]
    [InlineData(nameof(TimeUnit.Week), "2027-01-03T23:59Z", "2026-W53")]
    [InlineData(nameof(TimeUnit.Week), "2024-12-30T00:00Z", "2025-W01")]
    [InlineData(nameof(TimeUnit.Month), "2026-12-31T23:59Z", "2026-12")]
    [InlineData(nameof(TimeUnit.Month), "2027-01-01T00:00Z", "2027-01")]
    [InlineData(nameof(TimeUnit.Day), "2028-02-29T00:00Z", "2028-02-29")]
    public void Weeks_are_ISO_weeks_and_months_begin_at_midnight(string unit, string time, string name) =>
        Assert.Equal(name, NameOf(Enum.Parse<TimeUnit>(unit), "UTC", Ms(time)));

    [Fact]
    public void Slots_follow_each_other_as_numbers()
    {
        foreach (var unit in Enum.GetValues<TimeUnit>())
        {
            var slots = new TimeSlots(unit, TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe"));
            var all = Enumerable.Range(0, 400 * 96).Select(i => slots.Of(Ms("2026-01-01T00:00Z") + (i * 900_000L))).ToList();

            Assert.Equal(all.Order(), all);
            Assert.Equal(all.Distinct().Count(), all.Distinct().Select(slot => TimeSlots.Name(unit, slot)).Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public void A_zone_with_an_invented_offset_is_cut_to_the_minute()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("seven", TimeSpan.FromMinutes(7), "seven", "seven");
        var slots = new TimeSlots(TimeUnit.Hour, zone);

        Assert.Equal("2026-01-01T00:00+00:07", TimeSlots.Name(TimeUnit.Hour, slots.Of(Ms("2026-01-01T00:52Z"))));
        Assert.Equal("2026-01-01T01:00+00:07", TimeSlots.Name(TimeUnit.Hour, slots.Of(Ms("2026-01-01T00:53Z"))));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData((1L << 48) - 1)]
    [InlineData(long.MaxValue)]
    public void No_time_is_too_absurd(long unixMs)
    {
        foreach (var unit in Enum.GetValues<TimeUnit>())
        {
            Assert.NotEmpty(NameOf(unit, "Pacific/Kiritimati", unixMs));
        }
    }

    private static string NameOf(TimeUnit unit, string zone, long unixMs) =>
        TimeSlots.Name(unit, new TimeSlots(unit, TimeZoneInfo.FindSystemTimeZoneById(zone)).Of(unixMs));

    private static long Ms(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
