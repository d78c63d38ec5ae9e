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

    /// <summary>
    /// The period before this one, as far as this one has come: whole days or months earlier where this one begins with a day,
    /// else as long as this one and up to its start. Null when this one has no start, or when there was no time before it.
    /// </summary>
    public Period? Before
    {
        get
        {
            if (Since is not { } since || Reached <= since || Reached - since > since - DateTimeOffset.UnixEpoch)
            {
                return null;
            }

            return Step is { } step
                ? this with { Since = step.Back(since, Zone), Until = step.Back(Reached, Zone) }
                : this with { Since = since - (Reached - since), Until = since };
        }
    }

    /// <summary>How far <see cref="Before"/> is from this one on the calendar; null where this one does not begin with a day.</summary>
    public CalendarStep? Step => Since is { } since && Reached > since ? CalendarStep.Of(since, Reached, Zone) : null;

    /// <summary>The zone's IANA name, where it has one.</summary>
    public string ZoneName => Zone.HasIanaId || !TimeZoneInfo.TryConvertWindowsIdToIanaId(Zone.Id, out var name) ? Zone.Id : name;

    // What is still to come has nothing to be compared with.
    private DateTimeOffset Reached => End < Now ? End : Now;

    /// <summary>A moment as the zone's clocks show it.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);
}
