using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Html.Sections;

/// <summary>What the money was paid for: fresh input, the cache, output, searches.</summary>
internal static class Classes
{
    /// <summary>Makes the section; null where nothing was counted.</summary>
    public static PageSection? Of(PageData data)
    {
        var totals = data.Usage.Totals;
        var whole = totals.Cost.Total;
        var classes = totals.Classes().Where(c => c.Quantity != 0 || c.Cost.Value != 0).ToList();
        if (classes.Count == 0)
        {
            return null;
        }

        var dearest = classes.MaxBy(c => c.Cost.Value);
        var heading = whole.Value > 0
            ? SafeHtml.Of($"{Comparison.Percent(dearest.Cost.Value, whole.Value)} was paid for {Spoken(dearest.Name)}")
            : SafeHtml.Of($"Tokens by class");
        var chart = new ShareBar(
            "Cost by class of token",
            $"{Figures.Money(whole)} in all.",
            [.. classes.Select(c => new Amount(c.Name, c.Cost.Value))],
            Measure.Money(whole.Value));
        return new PageSection("classes", "Token classes", heading, html =>
        {
            if (whole.Value > 0)
            {
                new Figure("class-share", chart).Write(html);
            }

            Table(data).Write(html);
        });
    }

    private static string Spoken(string name) => name switch
    {
        "input" => "input that was not cached",
        "cache read" => "reading the cache",
        "cache write 5m" => "writing the cache for 5 minutes",
        "cache write 1h" => "writing the cache for 1 hour",
        _ => name,
    };

    private static HtmlTable Table(PageData data)
    {
        var (totals, before) = (data.Usage.Totals, data.Before?.Totals);
        var whole = totals.Cost.Total;
        var hasBefore = before is { Attempts: > 0 };
        var places = Figures.MoneyPlaces([whole, before?.Cost.Total ?? whole]);
        var then = before?.Classes().ToDictionary(c => c.Name, c => c.Cost, StringComparer.Ordinal);
        var rows = totals.Classes()
            .Where(c => c.Quantity != 0 || c.Cost.Value != 0)
            .OrderByDescending(c => c.Cost)
            .Select(IReadOnlyList<HtmlCell> (c) =>
            [
                HtmlCell.Text(c.Name),
                HtmlCell.Money(c.Cost, places),
                HtmlCell.Percent(c.Cost.Value, whole.Value),
                .. hasBefore && then is not null ? (HtmlCell[])[HtmlCell.Money(then[c.Name], places), HtmlCell.Text(Comparison.Change(c.Cost, then[c.Name]))] : [],
                HtmlCell.Count(c.Quantity),
                c.Name is "web searches" ? HtmlCell.None : HtmlCell.Text(Figures.PricePerMillion(c.Cost, c.Quantity)),
            ])
            .ToList();
        HtmlColumn[] compared = hasBefore ? [HtmlColumn.Extra("before"), HtmlColumn.Figures("change")] : [];
        return new HtmlTable(
            "classes-table",
            "Token classes",
            [
                HtmlColumn.Words("class"), HtmlColumn.Figures("cost"), HtmlColumn.Figures("share"), .. compared,
                HtmlColumn.Figures("tokens"), HtmlColumn.Extra("$ per million, in effect"),
            ],
            rows)
        { IsFixed = true };
    }
}
