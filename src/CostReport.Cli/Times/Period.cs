namespace CostReport.Cli.Times;

/// <summary>The time a report is about.</summary>
/// <param name="Since">The start, inclusive; null: from the beginning.</param>
/// <param name="Until">The end, exclusive; null: no end was asked for.</param>
/// <param name="Now">The present.</param>
/// <param name="Zone">The time zone that days are cut in.</param>
internal sealed record Period(DateTimeOffset? Since, DateTimeOffset? Until, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The end as reports show it: the one asked for, else the present.</summary>
    public DateTimeOffset End => Until ?? Now;

    /// <summary>The period of the same length before this one; null when this one has no start.</summary>
    public Period? Before => Since is { } since && End > since && (End - since) <= (since - DateTimeOffset.UnixEpoch)
        ? this with { Since = since - (End - since), Until = since }
        : null;

    /// <summary>The zone's IANA name, where it has one.</summary>
    public string ZoneName => Zone.HasIanaId || !TimeZoneInfo.TryConvertWindowsIdToIanaId(Zone.Id, out var name) ? Zone.Id : name;

    /// <summary>A moment as the zone's clocks show it.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);
}
