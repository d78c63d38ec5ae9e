using System.Globalization;
using CostLedger.Records;

namespace CostReport.Cli.Documents;

/// <summary>Writes figures for people: rounded, grouped, with their unit. Exact figures are in JSON and CSV.</summary>
internal static class Figures
{
    private const decimal TokensPerMillion = 1_000_000m;
    private const decimal LeastShare = 0.0005m;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>How many places a column of money needs: fewer where the greatest amount is great.</summary>
    public static int MoneyPlaces(IEnumerable<NanoUsd> amounts)
    {
        var greatest = amounts.Select(a => Math.Abs((decimal)a.Value)).DefaultIfEmpty().Max() / NanoUsd.PerDollar;
        return greatest switch
        {
            0 or >= 10 => 2,
            >= 0.1m => 4,
            _ => 6,
        };
    }

    /// <summary>Money: <c>$1,234.50</c>. What is not zero never looks like zero.</summary>
    public static string Money(NanoUsd amount, int places)
    {
        var dollars = Math.Abs((decimal)amount.Value) / NanoUsd.PerDollar;
        var sign = amount.Value < 0 ? "-" : "";
        var rounded = Math.Round(dollars, places, MidpointRounding.AwayFromZero);
        if (rounded == 0 && dollars != 0)
        {
            var least = 1m / (decimal)Math.Pow(10, places);
            return $"{(sign.Length > 0 ? ">-" : "<")}${least.ToString($"F{places}", Culture)}";
        }

        return $"{sign}${rounded.ToString($"N{places}", Culture)}";
    }

    /// <summary>Money by itself, with the places it needs.</summary>
    public static string Money(NanoUsd amount) => Money(amount, MoneyPlaces([amount]));

    /// <summary>A price as a sum shows it: <c>$5.00/M</c> for a million, <c>$10.00/k</c> for a thousand.</summary>
    public static string Price(decimal dollars, long per) => $"${Exact(dollars, 2)}/" + per switch
    {
        1_000_000 => "M",
        1000 => "k",
        _ => Count(per),
    };

    /// <summary>Money to the nano-dollar.</summary>
    public static string Exact(NanoUsd amount) =>
        amount.Value < 0 ? $"-${amount.ToString()[1..]}" : $"${amount}";

    /// <summary>A number with nothing cut off: at least <paramref name="places"/> places, more where it has more.</summary>
    public static string Exact(decimal value, int places) =>
        value.ToString("#,0." + new string('0', places) + new string('#', 28 - places), Culture);

    /// <summary>A whole number: <c>1,234,567</c>.</summary>
    public static string Count(long count) => count.ToString("N0", Culture);

    /// <summary>A number of things: <c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{Count(count)} {thing}s";

    /// <summary>A part of a whole: <c>12.3%</c>; a dash where there is no whole. A part never looks like nothing, nor like the whole.</summary>
    public static string Percent(decimal part, decimal whole) => whole == 0 ? "-" : (part / whole) switch
    {
        > 0 and < LeastShare => "<0.1%",
        < 0 and > -LeastShare => ">-0.1%",
        >= 1 - LeastShare and < 1 => ">99.9%",
        var share => Rounded(share),
    };

    /// <summary>A change against what was before, without a sign where it is upwards: <c>12.3%</c>; a dash where nothing was.</summary>
    public static string Change(decimal difference, decimal before) => before == 0 ? "-" : Rounded(difference / before);

    /// <summary>Dollars per million tokens, in effect; a dash where there are none.</summary>
    public static string PricePerMillion(NanoUsd cost, long tokens) => tokens == 0
        ? "-"
        : (cost.Value * (TokensPerMillion / NanoUsd.PerDollar) / tokens).ToString("N4", Culture);

    /// <summary>A time: <c>812 ms</c>, <c>4.21 s</c>, <c>3 min 05 s</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } and { Ticks: > 0 } => $"{time.TotalMilliseconds.ToString("0.###", Culture)} ms",
        { TotalMilliseconds: < 999.5 } => $"{time.TotalMilliseconds.ToString("0", Culture)} ms",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds.ToString("0.00", Culture)} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        { TotalDays: < 2, Minutes: 0 } => $"{((int)time.TotalHours).ToString(Culture)} h",
        { TotalDays: < 2 } => $"{((int)time.TotalHours).ToString(Culture)} h {time.Minutes:00} min",
        _ => $"{time.TotalDays.ToString("0.#", Culture)} days",
    };

    /// <summary>A size: <c>512 bytes</c>, <c>1.5 KiB</c>, <c>3.2 MiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Count(bytes, "byte"),
        < 1024 * 1024 => $"{(bytes / 1024d).ToString("0.0", Culture)} KiB",
        < 1024L * 1024 * 1024 => $"{(bytes / (1024d * 1024)).ToString("N1", Culture)} MiB",
        _ => $"{(bytes / (1024d * 1024 * 1024)).ToString("N1", Culture)} GiB",
    };

    /// <summary>A moment as local clocks show it, to the minute.</summary>
    public static string Minute(DateTimeOffset local) => local.ToString("yyyy-MM-dd HH:mm", Culture);

    /// <summary>A moment as local clocks show it, to the second.</summary>
    public static string Second(DateTimeOffset local) => local.ToString("yyyy-MM-dd HH:mm:ss", Culture);

    private static string Rounded(decimal share) => share.ToString("P1", Culture).Replace(" ", "", StringComparison.Ordinal);
}
