namespace CostReport.Cli.Statistics;

/// <summary>Times as programs read them: seconds, exact to the microsecond.</summary>
internal static class Seconds
{
    private const int Places = 6;

    /// <summary>The seconds of a time.</summary>
    public static decimal Of(TimeSpan time) => decimal.Round(time.Ticks / (decimal)TimeSpan.TicksPerSecond, Places);

    /// <summary>The seconds of a time; null where there is none.</summary>
    public static decimal? Of(TimeSpan? time) => time is { } known ? Of(known) : null;
}
