namespace CostReport.Cli.Charts.Scales;

/// <summary>What time is cut into.</summary>
internal enum TimeUnit
{
    /// <summary>Hours, as clocks show them.</summary>
    Hour,

    /// <summary>Days from midnight to midnight, of 23, 24 or 25 hours.</summary>
    Day,

    /// <summary>Weeks from Monday.</summary>
    Week,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}
