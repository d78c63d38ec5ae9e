using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.Scales;

/// <summary>What the values of a chart are, and how people read them.</summary>
/// <param name="Format">Writes a value.</param>
/// <param name="FormatTick">Writes a round value, as the axis needs it for its step.</param>
/// <param name="Step">The least round step that is not less than a wish.</param>
internal sealed record Measure(Func<decimal, string> Format, Func<decimal, decimal, string> FormatTick, Func<decimal, decimal> Step)
{
    private const decimal Thousand = 1000;
    private const decimal Million = Thousand * Thousand;
    private const decimal Billion = Thousand * Million;

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>Times in microseconds.</summary>
    public static Measure Duration { get; } = new(Time, (tick, _) => tick == 0 ? "0" : TimeTick(tick), Steps.Time);

    /// <summary>Whole numbers, such as tokens or calls.</summary>
    public static Measure Count { get; } = new(
        value => value.ToString("#,0", s_culture),
        (tick, step) => Short(tick, step, 0),
        Steps.Round);

    /// <summary>Thousandths of a percent.</summary>
    public static Measure Percent { get; } = new(
        value => (value / Thousand).ToString("0.0", s_culture) + "%",
        (tick, _) => (tick / Thousand).ToString("0.###", s_culture) + "%",
        Steps.Round);

    /// <summary>Money in nano-dollars.</summary>
    /// <param name="greatest">The greatest amount, which says how many places all need.</param>
    public static Measure Money(decimal greatest)
    {
        var places = Math.Abs(greatest) switch
        {
            0 or >= NanoUsd.PerDollar => 2,
            >= NanoUsd.PerDollar / 100m => 4,
            _ => 6,
        };
        return new Measure(
            value => Figures.Money(new NanoUsd((long)Math.Clamp(value, long.MinValue + 1, long.MaxValue)), places),
            (tick, step) => (tick < 0 ? "-$" : "$") + Short(Math.Abs(tick) / NanoUsd.PerDollar, step / NanoUsd.PerDollar, 2),
            Steps.Round);
    }

    // All ticks of an axis have as many places as its step needs; money has none or two, or more where two say nothing.
    private static string Short(decimal value, decimal step, int leastPlaces)
    {
        var (unit, suffix) = step switch
        {
            >= Billion / 10 => (Billion, "B"),
            >= Million / 10 => (Million, "M"),
            >= Thousand => (Thousand, "k"),
            _ => (1, ""),
        };
        if (value == 0)
        {
            return "0";
        }

        var places = Math.Max(Places(step / unit), unit == 1 && step != decimal.Truncate(step) ? leastPlaces : 0);
        return (value / unit).ToString($"N{places.ToString(s_culture)}", s_culture) + suffix;
    }

    private static int Places(decimal step)
    {
        var places = 0;
        for (; step != decimal.Truncate(step); step *= 10)
        {
            places++;
        }

        return places;
    }

    private static string Time(decimal microseconds)
    {
        var time = TimeSpan.FromMicroseconds((long)Math.Clamp(Math.Abs(microseconds), 0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond));
        return (microseconds < 0 ? "-" : "") + Figures.Duration(time);
    }

    private static string TimeTick(decimal microseconds)
    {
        var time = TimeSpan.FromMicroseconds((long)Math.Clamp(Math.Abs(microseconds), 0, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond));
        var text = time switch
        {
            { TotalMilliseconds: < 1 } => $"{time.TotalMicroseconds.ToString("0", s_culture)} µs",
            { TotalSeconds: < 1 } => $"{time.TotalMilliseconds.ToString("0.###", s_culture)} ms",
            { TotalMinutes: < 1 } => $"{time.TotalSeconds.ToString("0.###", s_culture)} s",
            { TotalHours: < 1, Seconds: 0 } => $"{time.Minutes.ToString(s_culture)} min",
            { TotalHours: < 1 } => $"{time.Minutes.ToString(s_culture)}:{time.Seconds.ToString("00", s_culture)} min",
            { TotalDays: < 2, Minutes: 0 } => $"{time.TotalHours.ToString("0", s_culture)} h",
            { TotalDays: < 2 } => $"{((int)time.TotalHours).ToString(s_culture)}:{time.Minutes.ToString("00", s_culture)} h",
            _ => $"{time.TotalDays.ToString("#,0", s_culture)} d",
        };
        return (microseconds < 0 ? "-" : "") + text;
    }
}
