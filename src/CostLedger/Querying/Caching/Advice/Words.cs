using System.Globalization;

namespace CostLedger.Querying.Caching.Advice;

/// <summary>Figures in sentences.</summary>
internal static class Words
{
    /// <summary>A number: <c>1,234</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of calls.</summary>
    public static string Calls(long count) => count == 1 ? "1 call" : $"{Count(count)} calls";

    /// <summary>A length of time, roughly.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => $"{Count((long)Math.Round(time.TotalSeconds))} s",
        { TotalMinutes: < 90 } => $"{Count((long)Math.Round(time.TotalMinutes))} min",
        { TotalHours: < 48 } => $"{Count((long)Math.Round(time.TotalHours))} h",
        _ => $"{Count((long)Math.Round(time.TotalDays))} days",
    };
}
