using CostLedger.Querying.Caching.Findings;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Tables;

namespace CostReport.Cli.Html.Listing;

/// <summary>What broke the prompt cache, by cause and call by call.</summary>
internal static class BreakLists
{
    /// <summary>A row for each cause and place.</summary>
    public static HtmlTable ByCause(PageData data)
    {
        var places = Figures.MoneyPlaces(data.Breaks.Select(b => b.CostLost ?? NanoUsd.Zero));
        var told = Told(data);
        return new HtmlTable(
            "breaks-table",
            "Cache breaks by cause",
            [HtmlColumn.Words("cause"), HtmlColumn.Words("where, at the worst"), HtmlColumn.Figures("times"), HtmlColumn.Figures("tokens lost"), HtmlColumn.Figures("cost"), new HtmlColumn("dearest call") { IsExtra = true }],
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

    /// <summary>A row for each of the worst.</summary>
    public static HtmlTable Worst(PageData data)
    {
        var places = Figures.MoneyPlaces(data.WorstBreaks.Select(b => b.Lost.CostLost ?? NanoUsd.Zero));
        var told = Told(data);
        return new HtmlTable(
            "worst-breaks-table",
            "The worst cache breaks",
            [
                HtmlColumn.Words("call"), new HtmlColumn("began") { IsExtra = true }, new HtmlColumn("conversation") { IsExtra = true }, HtmlColumn.Words("cause"),
                HtmlColumn.Words("where"), HtmlColumn.Extra("idle"), HtmlColumn.Figures("tokens lost"), HtmlColumn.Figures("cost"),
            ],
            [.. data.WorstBreaks.Select(b => Row(b, data, places, told.Contains(b.Id)))])
        { Sorted = 7 };
    }

    private static HashSet<CallId> Told(PageData data) => [.. data.Stories.Select(s => s.Call.Id)];

    private static IReadOnlyList<HtmlCell> Row(FoundBreak found, PageData data, int places, bool isTold) =>
    [
        CallCells.Id(found.Id, isTold),
        HtmlCell.Moment(Figures.Second(data.Period.Local(found.Id.Time)), found.Id.Time),
        found.Conversation is { } name ? HtmlCell.Name(name) : HtmlCell.None,
        HtmlCell.Name(found.Lost.Reason),
        HtmlCell.Name(found.Lost.Place),
        HtmlCell.Duration(found.Lost.Idle),
        HtmlCell.Count(found.Lost.TokensLost),
        found.Lost.CostLost is { } cost ? HtmlCell.Money(cost, places) : HtmlCell.None,
    ];
}
