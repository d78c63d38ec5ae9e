using CostLedger.Querying.Conversations;
using CostLedger.Records;
using CostReport.Cli.Conversations;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Markup;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Html.Tables;

namespace CostReport.Cli.Html.Sections;

/// <summary>Conversations as their prompts show them: turns, growth, forks, loops.</summary>
internal static class Threads
{
    private const int Most = 100;

    /// <summary>Makes the section; without what prompts show, that of the sums by the application's names; null where there are none.</summary>
    public static PageSection? Of(PageData data)
    {
        if (data.Threads is not { Conversations.Count: > 0 } report)
        {
            return Groups.Of("conversation", data.Conversations, data.Usage.Totals);
        }

        var found = report.Conversations.OrderByDescending(c => c.Totals.Cost).ThenBy(c => c.Name, StringComparer.Ordinal).ToList();
        var (dearest, whole) = (found[0], data.Usage.Totals.Cost.Total);
        var heading = whole.Value > 0 && found.Count > 1
            ? SafeHtml.Of($"{new ShownName(dearest.Name)} is the dearest of {Figures.Count(found.Count)} conversations: {Comparison.Money(dearest.Totals.Cost)}, {Comparison.Percent(dearest.Totals.Cost.Value, whole.Value)}")
            : SafeHtml.Of($"{Figures.Count(found.Count, "conversation")}");
        return new PageSection("conversations", "Conversations", heading, Table(found, whole).Write) { Lead = Lead(report, found) };
    }

    private static SafeHtml Lead(ConversationReport report, List<Conversation> found)
    {
        var turns = found.Sum(c => (long)c.Turns.Count);
        var loops = found.SelectMany(c => c.Loops).ToList();
        var atRisk = loops.Aggregate(NanoUsd.Zero, (sum, loop) => sum + loop.AtRisk.Cost);
        var looped = loops.Count == 0 ? "" : $" Tools were called without getting anywhere in {Figures.Count(loops.Count, "loop")}; {Figures.Money(atRisk)} went there.";
        var alone = report.Alone.Calls == 0 ? "" : $" {Figures.Count(report.Alone.Calls, "call")} ({Figures.Money(report.Alone.Cost)}) belong to none that is known.";
        return SafeHtml.Of($"{Figures.Count(turns, "turn")}.{looped}{alone}");
    }

    private static HtmlTable Table(List<Conversation> found, NanoUsd whole)
    {
        var shown = found.Take(Most).ToList();
        var places = Figures.MoneyPlaces(shown.Select(c => c.Totals.Cost));
        var greatest = Math.Max(1, shown[0].Totals.Cost.Value);
        var rows = shown.ConvertAll(c => Row(c, (whole, greatest), places));
        if (found.Count > Most)
        {
            rows.Add(Rest(found[Most..], (whole, greatest), places));
        }

        return new HtmlTable(
            "conversations-table",
            "Conversations",
            [
                HtmlColumn.Words("conversation"), HtmlColumn.Figures("cost"), HtmlColumn.Bars(), HtmlColumn.Extra("share"), HtmlColumn.Figures("turns"), HtmlColumn.Extra("a turn"),
                HtmlColumn.Extra("growth a turn"), HtmlColumn.Extra("from cache"), HtmlColumn.Extra("saved by cache"), HtmlColumn.Words("marks"),
            ],
            rows)
        { Sorted = 1 };
    }

    private static IReadOnlyList<HtmlCell> Row(Conversation c, (NanoUsd Whole, long Greatest) all, int places) =>
    [
        HtmlCell.Name(c.Name),
        .. Sums(c.Totals, c.Turns.Count, all, places, c.GrowthPerTurn),
        HtmlCell.Text(string.Join(", ", Marks.Of(c)), c.Loops.Count > 0 ? Tone.Bad : Tone.Doubtful),
    ];

    private static IReadOnlyList<HtmlCell> Rest(List<Conversation> others, (NanoUsd Whole, long Greatest) all, int places) =>
    [
        HtmlCell.Text($"{Figures.Count(others.Count)} others", Tone.Muted),
        .. Sums(others.Aggregate(default(TurnTotals), (sum, c) => sum + c.Totals), others.Sum(c => (long)c.Turns.Count), all, places, growth: null),
        HtmlCell.None,
    ];

    private static IReadOnlyList<HtmlCell> Sums(in TurnTotals totals, long turns, (NanoUsd Whole, long Greatest) all, int places, long? growth) =>
    [
        HtmlCell.Money(totals.Cost, places),
        HtmlCell.Bar((double)totals.Cost.Value / all.Greatest),
        HtmlCell.Percent(totals.Cost.Value, all.Whole.Value),
        HtmlCell.Count(turns),
        HtmlCell.Money(new NanoUsd(totals.Cost.Value / turns), places),
        growth is { } known ? HtmlCell.Count(known) : HtmlCell.None,
        HtmlCell.Percent(totals.CacheReadTokens, totals.InputTokens),
        HtmlCell.Money(totals.SavedByCache, places, totals.SavedByCache.Value < 0 ? Tone.Doubtful : Tone.Plain),
    ];
}
