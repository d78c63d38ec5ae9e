namespace CostReport.Cli.Tests.Doubles;

/// <summary>A clock that stands still, in a time zone.</summary>
internal sealed class FixedTime(DateTimeOffset now, string zone = "UTC") : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public override DateTimeOffset GetUtcNow() => now;
}
