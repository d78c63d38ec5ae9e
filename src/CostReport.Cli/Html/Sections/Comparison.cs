using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Html.Sections;

/// <summary>Two amounts compared in words.</summary>
internal static class Comparison
{
    // From here on "12 times" is easier to grasp than "1,100% more".
    private const decimal ManyTimes = 3;
    private const decimal AsGoodAsEqual = 0.005m;

    /// <summary>What the first is beside the second: <c>31% more than</c>, <c>about as much as</c>, <c>4.2 times</c>; empty where the second is nothing.</summary>
    public static string Of(NanoUsd now, NanoUsd before)
    {
        if (before.Value <= 0)
        {
            return "";
        }

        var ratio = (decimal)now.Value / before.Value;
        if (ratio >= ManyTimes)
        {
            return $"{ratio.ToString(ratio >= 10 ? "N0" : "0.#", CultureInfo.InvariantCulture)} times";
        }

        var share = Share(Math.Abs(ratio - 1));
        return Math.Abs(ratio - 1) switch
        {
            0 => "exactly as much as",
            < AsGoodAsEqual => "about as much as",
            _ => ratio > 1 ? $"{share} more than" : $"{share} less than",
        };
    }

    /// <summary>The change for a column: <c>+31%</c>; <c>new</c> where there was nothing before.</summary>
    public static string Change(NanoUsd now, NanoUsd before)
    {
        if (before.Value <= 0)
        {
            return now.Value > 0 ? "new" : "–";
        }

        var ratio = ((decimal)now.Value / before.Value) - 1;
        var share = Share(Math.Abs(ratio));
        return share.Length == 0 || share[0] == '<' ? "±0%" : (ratio > 0 ? "+" : "−") + share;
    }

    /// <summary>A part as a headline has it: whole percents, tenths below ten.</summary>
    public static string Percent(decimal part, decimal whole) => whole <= 0 ? "0%" : Share(part / whole) is { Length: > 0 } share ? share : "0%";

    /// <summary>A count of tokens as a table has it: <c>1.95 B</c>.</summary>
    public static string Short(long count) => Math.Abs((decimal)count) switch
    {
        >= 1_000_000_000 => $"{(count / 1_000_000_000m).ToString("N2", CultureInfo.InvariantCulture)} B",
        >= 10_000_000 => $"{(count / 1_000_000m).ToString("0.0", CultureInfo.InvariantCulture)} M",
        >= 1_000_000 => $"{(count / 1_000_000m).ToString("0.00", CultureInfo.InvariantCulture)} M",
        >= 10_000 => $"{(count / 1000m).ToString("0.0", CultureInfo.InvariantCulture)} k",
        _ => Figures.Count(count),
    };

    private static string Share(decimal ratio) => ratio switch
    {
        0 => "",
        < 0.001m => "<0.1%",
        < 0.0995m => ratio.ToString("0.#%", CultureInfo.InvariantCulture),
        > 0.995m and < 1m => ratio.ToString("0.0%", CultureInfo.InvariantCulture) is "100.0%" ? ">99.9%" : ratio.ToString("0.#%", CultureInfo.InvariantCulture),
        _ => ratio.ToString("#,0%", CultureInfo.InvariantCulture),
    };

    /// <summary>Money as a headline has it: cents from a dollar on.</summary>
    public static string Money(NanoUsd amount) => Figures.Money(amount, Math.Abs((decimal)amount.Value) switch
    {
        0 or >= NanoUsd.PerDollar => 2,
        >= NanoUsd.PerDollar / 100m => 4,
        _ => 6,
    });
}
