using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Listing;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;
using CostReport.Cli.Reports;
using CostReport.Cli.Statistics;

namespace CostReport.Cli.Html.Sections;

/// <summary>How fast answers came.</summary>
internal static class Speed
{
    private const int Most = 50;
    private const int TimeColumn = 7;

    /// <summary>Makes the section; null where no answer came whole.</summary>
    public static PageSection? Of(PageData data)
    {
        if (data.Latency.Totals.Duration is not { } duration)
        {
            return null;
        }

        var first = data.Latency.Totals.FirstToken is { } token
            ? $"The first token of a stream came within {Figures.Duration(token.P50)} in half of the calls, within {Figures.Duration(token.P95)} in 95%. "
            : "";
        return new PageSection("speed", "Speed", SafeHtml.Of($"Half of the answers were whole within {Figures.Duration(duration.P50)}, 95% within {Figures.Duration(duration.P95)}"), html =>
        {
            if (LatencyChart.HasLines(data.Latency))
            {
                new Figure("latency", LatencyChart.Of(data.Latency, data.LatencyUnit, data.Period)).Write(html);
            }

            new Figure("durations", LatencyChart.Spread(data.LatencyByModel, data.Period)).Write(html);
            Table(data).Write(html);
            if (data.Slowest.Count > 0)
            {
                html.Add($"<h3>The slowest answers</h3>\n");
                CallList.Of("slowest-table", "The slowest answers", data.Slowest, data, sorted: TimeColumn).Write(html);
            }
        })
        {
            Lead = SafeHtml.Of($"{first}Only answers that came whole are measured, {Figures.Count(data.Latency.Totals.Answers)} of them; each attempt by itself."),
        };
    }

    private static HtmlTable Table(PageData data) => new(
        "speed-table",
        "Speed by model",
        [
            HtmlColumn.Words("model"), HtmlColumn.Figures("answers"), HtmlColumn.Figures("p50"), HtmlColumn.Figures("p95"), HtmlColumn.Extra("p99"),
            HtmlColumn.Extra("longest"), HtmlColumn.Figures("first token p50"), HtmlColumn.Extra("p95"),
        ],
        [
            .. data.LatencyByModel.Groups.Where(g => g.Totals.Answers > 0).Take(Most).Select(IReadOnlyList<HtmlCell> (g) =>
            [
                HtmlCell.Name(Wording.Name(g.Key[0])),
                HtmlCell.Count(g.Totals.Answers),
                HtmlCell.Duration(g.Totals.Duration?.P50),
                HtmlCell.Duration(g.Totals.Duration?.P95),
                HtmlCell.Duration(g.Totals.Duration?.P99),
                HtmlCell.Duration(g.Totals.Duration?.Max),
                HtmlCell.Duration(g.Totals.FirstToken?.P50),
                HtmlCell.Duration(g.Totals.FirstToken?.P95),
            ]),
        ])
    { Sorted = 1 };
}
