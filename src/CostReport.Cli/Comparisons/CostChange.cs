using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Comparisons;

/// <summary>A cost beside an earlier one.</summary>
internal static class CostChange
{
    private const decimal ManyTimes = 10;

    /// <summary>The change: <c>+12.3%</c>, <c>x53</c>, <c>new</c>.</summary>
    public static string Of(NanoUsd now, NanoUsd before)
    {
        if (before.Value <= 0)
        {
            return now.Value > 0 ? "new" : "-";
        }

        return TimesOf(now, before) is { } times
            ? $"x{times}"
            : $"{(now.Value >= before.Value ? "+" : "-")}{Figures.Change(Math.Abs((decimal)now.Value - before.Value), before.Value)}";
    }

    /// <summary>How many times as much it is; null where a percentage says more, because there was enough before.</summary>
    public static string? TimesOf(NanoUsd now, NanoUsd before) =>
        before.Value > 0 && (decimal)now.Value / before.Value is >= ManyTimes and var ratio ? ratio.ToString("N0", CultureInfo.InvariantCulture) : null;
}
