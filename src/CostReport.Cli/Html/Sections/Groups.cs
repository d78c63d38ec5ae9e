using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>The cost by session or conversation.</summary>
internal static class Groups
{
    private const int Most = 100;

    /// <summary>Makes the section; null where the application names none.</summary>
    /// <param name="thing">What they are: <c>session</c>.</param>
    /// <param name="groups">The sums of each; one without a name holds what belongs to none.</param>
    /// <param name="totals">The sums of all.</param>
    public static PageSection? Of(string thing, IReadOnlyList<UsageGroup> groups, UsageTotals totals)
    {
        var named = groups.Count(g => g.Key[0] is not null);
        if (named == 0)
        {
            return null;
        }

        var top = TopGroups.Of(groups, Most);
        var (dearest, whole) = (Totals.ByCost(groups.Where(g => g.Key[0] is not null))[0], totals.Cost.Total);
        var title = thing + "s";
        var heading = whole.Value > 0 && named > 1
            ? SafeHtml.Of($"{new ShownName(dearest.Key[0])} is the dearest of {Figures.Count(named)} {title}: {Comparison.Money(dearest.Totals.Cost.Total)}, {Comparison.Percent(dearest.Totals.Cost.Total.Value, whole.Value)}")
            : SafeHtml.Of($"{Figures.Count(named, thing)}");
        return new PageSection(title, char.ToUpperInvariant(title[0]) + title[1..], heading, Table(title, thing, top, totals).Write);
    }

    private static HtmlTable Table(string id, string thing, TopGroups top, UsageTotals totals)
    {
        var greatest = Math.Max(1, top.Shown[0].Totals.Cost.Total.Value);
        var places = Figures.MoneyPlaces(top.Shown.Select(g => g.Totals.Cost.Total));
        var rows = top.Shown.Select(g => Row(g.Key[0] is null ? HtmlCell.Text(Wording.None, Tone.Muted) : HtmlCell.Name(Wording.Name(g.Key[0])), g.Totals, (totals.Cost.Total, greatest), places)).ToList();
        if (top.Rest is { } rest)
        {
            rows.Add(Row(HtmlCell.Text($"{Figures.Count(top.Left)} others", Tone.Muted), rest, (totals.Cost.Total, greatest), places));
        }

        return new HtmlTable(
            id + "-table",
            char.ToUpperInvariant(id[0]) + id[1..],
            [
                HtmlColumn.Words(thing), HtmlColumn.Figures("cost"), HtmlColumn.Bars(), HtmlColumn.Extra("share"), HtmlColumn.Figures("calls"), HtmlColumn.Extra("failed"),
                HtmlColumn.Extra("prompt"), HtmlColumn.Extra("from cache"), HtmlColumn.Extra("output"), HtmlColumn.Extra("saved by cache"),
            ],
            rows)
        { Sorted = 1 };
    }

    private static IReadOnlyList<HtmlCell> Row(HtmlCell name, UsageTotals group, (NanoUsd Whole, long Greatest) all, int places)
    {
        var cost = group.Cost.Total;
        return
        [
            name,
            HtmlCell.Money(cost, places),
            HtmlCell.Bar((double)cost.Value / all.Greatest),
            HtmlCell.Percent(cost.Value, all.Whole.Value),
            HtmlCell.Count(group.Calls),
            HtmlCell.Count(group.Errors) with { Tone = group.Errors > 0 ? Tone.Bad : Tone.Plain },
            HtmlCell.Short(group.Prompt(), Comparison.Short(group.Prompt())),
            HtmlCell.Percent(group.CacheReadInputTokens, group.Prompt()),
            HtmlCell.Short(group.OutputTokens, Comparison.Short(group.OutputTokens)),
            HtmlCell.Money(group.SavedByCache, places, group.SavedByCache.Value < 0 ? Tone.Doubtful : Tone.Plain),
        ];
    }
}
