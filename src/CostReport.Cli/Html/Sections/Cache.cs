using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
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
        var share = $"{Comparison.Percent(read, prompt)} of the input came from the cache";
        var heading = saved.Value switch
        {
            > 0 => $"Caching saved {Comparison.Money(saved)}: {share}",
            < 0 => $"Caching cost {Comparison.Money(new NanoUsd(-saved.Value))} more than it saved: {share}",
            _ => share,
        };
        var ratio = totals.CacheWrites() > 0
            ? $"For each token written to the cache, {((decimal)read / totals.CacheWrites()).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} were read from it. "
            : "";
        return new PageSection("cache", "Cache", SafeHtml.Of($"{heading}"), html =>
        {
            if (data.Breaks.Count > 0)
            {
                html.Add($"<h3>What broke the cache</h3>\n");
                Breaks(data).Write(html);
            }
        })
        {
            Lead = SafeHtml.Of($"{ratio}{Figures.Count(totals.InputTokens)} tokens were sent without a cache, {Figures.Count(totals.CacheWrites())} written, {Figures.Count(read)} read."),
        };
    }

    private static HtmlTable Breaks(PageData data)
    {
        var places = Figures.MoneyPlaces(data.Breaks.Select(b => b.CostLost ?? NanoUsd.Zero));
        var told = data.Stories.Select(s => s.Call.Id).ToHashSet();
        return new HtmlTable(
            "breaks-table",
            "Cache breaks by cause",
            [HtmlColumn.Words("cause"), HtmlColumn.Words("where"), HtmlColumn.Figures("times"), HtmlColumn.Figures("tokens lost"), HtmlColumn.Figures("cost"), new HtmlColumn("dearest call") { IsExtra = true }],
            [
                .. data.Breaks.Select(IReadOnlyList<HtmlCell> (b) =>
                [
                    HtmlCell.Name(b.Reason), HtmlCell.Name(b.Segment), HtmlCell.Count(b.Count), HtmlCell.Count(b.TokensLost),
                    b.CostLost is { } cost ? HtmlCell.Money(cost, places) : HtmlCell.None,
                    CallCells.Id(b.Call, told.Contains(b.Call)),
                ]),
            ])
        { Sorted = 4 };
    }
}
