using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Live.Glances;

/// <summary>A glance as a short line, of what is known.</summary>
internal static class GlanceLine
{
    /// <summary>The line.</summary>
    /// <param name="glance">The glance.</param>
    /// <param name="what">What its period is called; empty for nothing.</param>
    /// <param name="ascii">Whether only ASCII may be used.</param>
    public static string Of(Glance glance, string what, bool ascii)
    {
        var totals = glance.Totals;
        var parts = new List<string> { $"{Figures.Money(totals.Cost.Total)} {what}".TrimEnd() };
        if (glance.Session is { } session)
        {
            parts.Add($"{Figures.Money(session)} session");
        }

        if (totals.Prompt() > 0)
        {
            parts.Add($"{Figures.Percent(totals.CacheReadInputTokens, totals.Prompt())} cached");
        }

        if (totals.UnpricedCalls > 0)
        {
            parts.Add($"{Figures.Count(totals.UnpricedCalls)} without a price");
        }

        return string.Join(ascii ? " | " : " · ", parts);
    }
}
