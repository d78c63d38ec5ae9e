using System.Globalization;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>Cost over time: every day of a period, or weeks or months where the days are too many, by model.</summary>
/// <param name="Unit">What a bucket is: <c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>.</param>
/// <param name="Buckets">The first day of each bucket, without a hole.</param>
/// <param name="Costs">The cost in each bucket by model, the dearest model first; null where there was no call.</param>
internal sealed record DayCosts(string Unit, IReadOnlyList<DateOnly> Buckets, IReadOnlyList<ModelCosts> Costs)
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int DaysPerWeek = 7;
    private const int DaysPerMonth = 30;
    private static readonly string[] Units = ["day", "week", "month", "year"];

    /// <summary>The cost of all models in each bucket; null where there was no call.</summary>
    public IReadOnlyList<NanoUsd?> Sums() => [.. Buckets.Select((_, i) => Costs.Select(c => c.Costs[i]).Aggregate((NanoUsd?)null, Add))];

    /// <summary>Makes the series.</summary>
    /// <param name="groups">Groups whose first dimension is the day and whose second is the model.</param>
    /// <param name="period">The period; its days are all there, with calls or without.</param>
    /// <param name="mostBuckets">How many buckets there is space for.</param>
    /// <param name="leastUnit">The shortest a bucket may be.</param>
    public static DayCosts Of(IReadOnlyList<UsageGroup> groups, Period period, int mostBuckets, string leastUnit = "day")
    {
        var days = groups
            .Select(g => Day(g.Key[0]) is { } day ? new DayCost(day, Wording.Name(g.Key[1]), g.Totals.Cost.Total) : null)
            .OfType<DayCost>()
            .ToList();
        if (days.Count == 0)
        {
            return new DayCosts(leastUnit, [], []);
        }

        var first = period.Since is { } since ? DateOnly.FromDateTime(period.Local(since).DateTime) : days.Min(d => d.Day);
        var end = period.End < period.Now ? period.End : period.Now;
        var last = DateOnly.FromDateTime(period.Local(end.AddTicks(-1)).DateTime);
        last = period.Since is null && period.Until is null ? days[0].Day : last;
        (first, last) = (Min(first, days.Min(d => d.Day)), Max(last, days.Max(d => d.Day)));

        var fitting = UnitFor(last.DayNumber - first.DayNumber + 1, mostBuckets);
        var unit = Units[Math.Max(Array.IndexOf(Units, fitting), Array.IndexOf(Units, leastUnit))];
        var buckets = Between(Floor(first, unit), last, unit);
        return new DayCosts(unit, buckets, Series(days, buckets, unit));
    }

    /// <summary>What a bucket is called.</summary>
    public string Label(DateOnly bucket) => bucket.ToString(Unit switch
    {
        "year" => "yyyy",
        "month" => "yyyy-MM",
        "week" => "yyyy-MM-dd",
        _ => "ddd yyyy-MM-dd",
    }, CultureInfo.InvariantCulture);

    private static List<ModelCosts> Series(List<DayCost> days, List<DateOnly> buckets, string unit)
    {
        var series = new Dictionary<string, NanoUsd?[]>(StringComparer.Ordinal);
        foreach (var (day, model, cost) in days)
        {
            if (!series.TryGetValue(model, out var costs))
            {
                series[model] = costs = new NanoUsd?[buckets.Count];
            }

            var index = buckets.BinarySearch(Floor(day, unit));
            costs[index] = Add(costs[index], cost);
        }

        var sorted = new List<ModelCosts>(series.Count);
        foreach (var (model, costs) in series)
        {
            sorted.Add(new ModelCosts(model, costs));
        }

        sorted.Sort(ModelCosts.CompareDearest);
        return sorted;
    }

    private static List<DateOnly> Between(DateOnly first, DateOnly last, string unit)
    {
        var buckets = new List<DateOnly>();
        for (DateOnly? day = first; day is { } bucket && bucket <= last; day = Next(bucket, unit))
        {
            buckets.Add(bucket);
        }

        return buckets;
    }

    private static string UnitFor(int days, int mostBuckets)
    {
        if (days <= mostBuckets)
        {
            return "day";
        }

        if (days <= mostBuckets * DaysPerWeek)
        {
            return "week";
        }

        return days <= mostBuckets * DaysPerMonth ? "month" : "year";
    }

    private static DateOnly Floor(DateOnly day, string unit) => unit switch
    {
        "year" => new DateOnly(day.Year, 1, 1),
        "month" => new DateOnly(day.Year, day.Month, 1),
        "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % DaysPerWeek)),
        _ => day,
    };

    // Null at the end of the calendar.
    private static DateOnly? Next(DateOnly day, string unit) => day.Year == DateOnly.MaxValue.Year ? null : unit switch
    {
        "year" => day.AddYears(1),
        "month" => day.AddMonths(1),
        "week" => day.AddDays(DaysPerWeek),
        _ => day.AddDays(1),
    };

    private static DateOnly? Day(string? key) =>
        DateOnly.TryParseExact(key, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static NanoUsd? Add(NanoUsd? left, NanoUsd? right) => left is { } l && right is { } r ? l + r : left ?? right;

    private static DateOnly Min(DateOnly left, DateOnly right) => left < right ? left : right;

    private static DateOnly Max(DateOnly left, DateOnly right) => left > right ? left : right;

    // A class: what is generic over tuples is compiled anew in every process.
    private sealed record DayCost(DateOnly Day, string Model, NanoUsd Cost);
}
