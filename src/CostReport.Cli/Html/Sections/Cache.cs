using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>How well the prompt cache worked, and what broke it.</summary>
internal static class Cache
{
    /// <summary>Makes the section; null where no cache was used.</summary>
    public static PageSection? Of(PageData data)
    {
        var totals = data.Usage.Totals;
        if (totals.CacheReadInputTokens == 0 && totals.CacheWrites() == 0 && data.Breaks.Count == 0)
        {
            return null;
        }

        var (read, prompt, saved) = (totals.CacheReadInputTokens, totals.Prompt(), totals.SavedByCache);
        var share = $"{Comparison.Percent(read, prompt)} of the prompts came from the cache";
        var heading = saved.Value switch
        {
            > 0 => $"Caching saved {Comparison.Money(saved)}: {share}",
            < 0 => $"Caching cost {Comparison.Money(new NanoUsd(-saved.Value))} more than it saved: {share}",
            _ => share,
        };
        var ratio = totals.CacheWrites() > 0
            ? $"For each token written to the cache, {((decimal)read / totals.CacheWrites()).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} were read from it. "
            : "";
        return new PageSection("cache", "Cache", SafeHtml.Of($"{heading}"), html => Losses(html, data))
        {
            Lead = SafeHtml.Of($"{ratio}{Figures.Count(totals.InputTokens)} tokens were sent without a cache, {Figures.Count(totals.CacheWrites())} written, {Figures.Count(read)} read."),
        };
    }

    /// <summary>What would have saved money; null where nothing was found.</summary>
    public static PageSection? Advice(PageData data)
    {
        if (data.Advice is not { Advice: [var first, ..] } report)
        {
            return null;
        }

        var heading = report.Advice.Count == 1
            ? $"A change would have saved {Comparison.Money(first.Saving)}"
            : $"{Figures.Count(report.Advice.Count)} changes would have saved money, the first of them {Comparison.Money(first.Saving)}";
        return new PageSection("advice", "Advice", SafeHtml.Of($"{heading}"), html => AdviceList.Write(html, report, data))
        {
            Lead = SafeHtml.Of($"Found in {Figures.Count(report.Calls, "call")}{(report.IsCut ? ", the last of the period" : "")}. Where it says computed, a model of the cache says so; else it is what was lost, call by call."),
        };
    }

    private static void Losses(HtmlWriter html, PageData data)
    {
        if (data.Breaks.Count > 0)
        {
            html.Add($"<h3>What broke the cache</h3>\n");
            BreakLists.ByCause(data).Write(html);
        }

        if (data.WorstBreaks.Count > 0)
        {
            html.Add($"<h3>The worst breaks</h3>\n");
            BreakLists.Worst(data).Write(html);
        }

        if (data.Threads is null)
        {
            var advice = data.Advice is null ? SafeHtml.Of($", and <code>costreport cache</code> what would save money") : SafeHtml.Of($"");
            html.Add($"<p class=\"soft\">The period has too many calls to look at each prompt here: <code>costreport conversations</code> tells what belongs together{advice}.</p>\n");
        }
    }
}
