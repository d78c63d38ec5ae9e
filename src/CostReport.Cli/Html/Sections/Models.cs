using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Comparisons;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>The cost by model, beside the period before.</summary>
internal static class Models
{
    private const int Most = 50;
    private const int ModelKey = 1;

    /// <summary>Makes the section.</summary>
    public static PageSection Of(PageData data)
    {
        var groups = TopGroups.Of(Totals.Fold(data.Usage.Groups, ModelKey), Most);
        return new PageSection("models", "Models", Heading(groups, data.Usage.Totals), Table(groups, data).Write);
    }

    private static SafeHtml Heading(TopGroups groups, UsageTotals totals)
    {
        var (first, whole) = (groups.Shown[0], totals.Cost.Total);
        if (whole.Value <= 0)
        {
            return SafeHtml.Of($"{Figures.Count(groups.Shown.Count + groups.Left, "model")}, none of which cost anything");
        }

        var name = new ShownName(Wording.Name(first.Key[0]));
        return groups.Shown.Count == 1
            ? SafeHtml.Of($"All of it went to {name}")
            : SafeHtml.Of($"{name} took {Comparison.Percent(first.Totals.Cost.Total.Value, whole.Value)} of the cost");
    }

    private static HtmlTable Table(TopGroups groups, PageData data)
    {
        var before = data.Before is { Totals.Attempts: > 0 } known
            ? new EarlierCosts(Totals.Fold(known.Groups, ModelKey))
            : null;
        var totals = data.Usage.Totals;
        var places = Figures.MoneyPlaces([totals.Cost.Total, data.Before?.Totals.Cost.Total ?? NanoUsd.Zero]);
        var rows = groups.Shown
            .Select(g => Row(HtmlCell.Name(Wording.Name(g.Key[0])), g.Totals, before?.Of(g.Key[0]), totals, places))
            .ToList();
        if (groups.Rest is { } rest)
        {
            var restBefore = before?.Except(groups.Shown.Select(g => g.Key[0]));
            rows.Add(Row(HtmlCell.Text($"{Figures.Count(groups.Left)} others", Tone.Muted), rest, restBefore, totals, places));
        }

        return new HtmlTable("models-table", "Models", Columns(before is not null), rows)
        {
            Sorted = 1,
            Footer = rows.Count > 1 ? Row(HtmlCell.Text("all"), totals, before is null ? null : data.Before?.Totals.Cost.Total, totals, places) : null,
        };
    }

    private static IReadOnlyList<HtmlColumn> Columns(bool hasBefore) =>
    [
        HtmlColumn.Words("model"), HtmlColumn.Figures("cost"), HtmlColumn.Bars(), HtmlColumn.Extra("share"),
        .. hasBefore ? (HtmlColumn[])[HtmlColumn.Extra("before"), HtmlColumn.Figures("change")] : [],
        HtmlColumn.Figures("calls"), HtmlColumn.Extra("failed"), HtmlColumn.Extra("prompt"), HtmlColumn.Extra("from cache"), HtmlColumn.Extra("output"),
    ];

    private static IReadOnlyList<HtmlCell> Row(HtmlCell name, UsageTotals group, NanoUsd? before, UsageTotals totals, int places)
    {
        var (cost, whole) = (group.Cost.Total, totals.Cost.Total);
        return
        [
            name,
            HtmlCell.Money(cost, places),
            HtmlCell.Bar(whole.Value > 0 ? (double)cost.Value / whole.Value : 0),
            HtmlCell.Percent(cost.Value, whole.Value),
            .. before is { } then ? (HtmlCell[])[HtmlCell.Money(then, places), Change(cost, then)] : [],
            HtmlCell.Count(group.Calls),
            HtmlCell.Count(group.Errors) with { Tone = group.Errors > 0 ? Tone.Bad : Tone.Plain },
            HtmlCell.Short(group.Prompt(), Comparison.Short(group.Prompt())),
            HtmlCell.Percent(group.CacheReadInputTokens, group.Prompt()),
            HtmlCell.Short(group.OutputTokens, Comparison.Short(group.OutputTokens)),
        ];
    }

    private static HtmlCell Change(NanoUsd now, NanoUsd before) =>
        HtmlCell.Money(new NanoUsd(now.Value - before.Value), 2) with { Content = SafeHtml.Of($"{Comparison.Change(now, before)}") };
}
