using System.Globalization;

namespace CostReport.Cli.Charts.Scales;

/// <summary>A stretch of time cut into hours, days, weeks, months or years that follow each other without a hole.</summary>
/// <param name="Unit">What they are.</param>
/// <param name="Starts">Where each begins, rising.</param>
/// <param name="Zone">The zone whose clocks cut them.</param>
internal sealed record TimeBuckets(TimeUnit Unit, IReadOnlyList<DateTimeOffset> Starts, TimeZoneInfo Zone)
{
    /// <summary>How many columns are wide enough to see.</summary>
    public const int Most = 400;

    /// <summary>How many there are.</summary>
    public int Count => Starts.Count;

    /// <summary>Where the last one ends.</summary>
    public DateTimeOffset End { get; } = Starts.Count == 0 ? default : ZoneCalendar.Next(Starts[^1], Unit, Zone);

    /// <summary>Cuts the time from one moment to another.</summary>
    /// <param name="from">A moment in the first bucket.</param>
    /// <param name="last">A moment in the last one.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="zone">The zone.</param>
    public static TimeBuckets Between(DateTimeOffset from, DateTimeOffset last, TimeUnit unit, TimeZoneInfo zone)
    {
        var starts = new List<DateTimeOffset>();
        var next = ZoneCalendar.Floor(from, unit, zone);
        while (next <= last && (starts.Count == 0 || next > starts[^1]))
        {
            starts.Add(next);
            next = ZoneCalendar.Next(next, unit, zone);
        }

        return new TimeBuckets(unit, starts, zone);
    }

    /// <summary>Where a bucket ends.</summary>
    public DateTimeOffset EndOf(int index) => index + 1 < Count ? Starts[index + 1] : End;

    /// <summary>What a bucket is called. An hour that comes twice has its offset from UTC.</summary>
    public string Label(int index)
    {
        var local = TimeZoneInfo.ConvertTime(Starts[index], Zone);
        var twice = Unit == TimeUnit.Hour && Zone.IsAmbiguousTime(local.DateTime);
        return local.ToString(Unit switch
        {
            TimeUnit.Hour => twice ? "ddd d MMM yyyy, HH:mm (zzz)" : "ddd d MMM yyyy, HH:mm",
            TimeUnit.Day => "ddd d MMM yyyy",
            TimeUnit.Week => "'Week of' d MMM yyyy",
            TimeUnit.Month => "MMMM yyyy",
            _ => "yyyy",
        }, CultureInfo.InvariantCulture);
    }

    /// <summary>The bucket that a moment is in; null where it is in none.</summary>
    public int? IndexOf(DateTimeOffset moment)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Starts[middle] <= moment ? (middle + 1, high) : (low, middle);
        }

        return low == 0 || moment >= End ? null : low - 1;
    }
}
