using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Tables;

namespace CostReport.Cli.Html.Listing;

/// <summary>Attempts, a row each.</summary>
internal static class CallList
{
    /// <summary>Makes the table.</summary>
    /// <param name="id">Its id on the page.</param>
    /// <param name="caption">What it is a table of.</param>
    /// <param name="calls">The attempts in the order to show.</param>
    /// <param name="data">What else is known.</param>
    /// <param name="sorted">The column that they are sorted by; null for none.</param>
    public static HtmlTable Of(string id, string caption, IReadOnlyList<CallRecord> calls, PageData data, int? sorted)
    {
        var told = data.Stories.Select(s => s.Call.Id).ToHashSet();
        return new HtmlTable(
            id,
            caption,
            [
                HtmlColumn.Words("call"), new HtmlColumn("began") { IsExtra = true }, HtmlColumn.Words("model"), HtmlColumn.Figures("cost"), HtmlColumn.Extra("prompt"),
                HtmlColumn.Extra("from cache"), HtmlColumn.Extra("output"), HtmlColumn.Figures("time"), HtmlColumn.Words("status"), new HtmlColumn("session") { IsExtra = true },
            ],
            [.. calls.Select(c => Row(c, data, told.Contains(c.Id)))])
        { Sorted = sorted };
    }

    private static IReadOnlyList<HtmlCell> Row(CallRecord call, PageData data, bool isTold)
    {
        var usage = call.Usage;
        var cost = CostReport.Cli.Calls.CallsTable.Cost(call.Cost);
        var output = usage?.OutputTokens ?? call.Estimate?.OutputTokens;
        return
        [
            CallCells.Id(call.Id, isTold),
            HtmlCell.Moment(Figures.Second(data.Period.Local(call.StartedAt)), call.StartedAt),
            call.Model is { } model ? HtmlCell.Name(model) : HtmlCell.None,
            HtmlCell.Of(cost) with { Key = call.Cost.Total is { } total ? HtmlCell.Count(total.Value).Key : "" },
            Tokens(usage?.TotalInputTokens),
            usage is { CacheReadInputTokens: { } read, TotalInputTokens: { } all } ? HtmlCell.Percent(read, all) : HtmlCell.None,
            usage?.OutputTokens is null && output is { } guess ? HtmlCell.Count(guess) with { Content = Markup.SafeHtml.Of($"~{Figures.Count(guess)}"), Tone = Tone.Doubtful } : Tokens(output),
            HtmlCell.Duration(call.Operation == Operation.BatchResult ? null : call.Timing.Total),
            HtmlCell.Of(CostReport.Cli.Calls.CallsTable.Status(call)),
            HtmlCell.Name(call.Labels.Session),
        ];
    }

    private static HtmlCell Tokens(long? count) => count is { } known ? HtmlCell.Count(known) : HtmlCell.None;
}
