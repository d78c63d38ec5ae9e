using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Charts;
using CostReport.Cli.Comparisons;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Summaries;

/// <summary>The models of the summary: what each cost, what changed, and how it went.</summary>
internal static class ModelRows
{
    private const int LeastName = 25;

    /// <summary>Makes the table.</summary>
    /// <param name="data">What the summary tells.</param>
    /// <param name="trend">The cost over time.</param>
    /// <param name="most">How many models there is space for.</param>
    public static Table Of(SummaryData data, CostTrend trend, int most)
    {
        var totals = data.Usage.Totals;
        var models = Totals.ByCost(Totals.Fold(data.Usage.Groups, 1));
        var shownCount = Table.Shown(models.Count, most);
        var before = data.Before is { Totals.Attempts: > 0 } known ? known : null;
        var places = Figures.MoneyPlaces([totals.Cost.Total]);
        var hasUnpriced = totals.UnpricedCalls > 0;
        var hasTrend = trend.Labels.Count > 1;
        var then = before is null ? null : new EarlierCosts(before.Groups);
        var lines = trend.Costs.ToDictionary(c => c.Model, c => SparkText.Of([.. c.Costs.Select(v => v?.Value)]), StringComparer.Ordinal);

        IReadOnlyList<Cell> Row(Cell name, UsageTotals t, NanoUsd? old, string spark, Tone tone) =>
        [
            name,
            new(Figures.Count(t.Calls), tone),
            new(Figures.Count(t.Errors), t.Errors > 0 ? Tone.Bad : tone),
            new(Figures.Count(t.Prompt()), tone),
            new(Figures.Percent(t.CacheReadInputTokens, t.Prompt()), tone),
            new(Figures.Count(t.OutputTokens), tone),
            new(UsageTable.HasCost(t) ? Figures.Money(t.Cost.Total, places) : "-", tone),
            new(UsageTable.HasCost(t) ? Figures.Percent(t.Cost.Total.Value, totals.Cost.Total.Value) : "-", tone),
            .. before is null ? (Cell[])[] : [new(UsageTable.HasCost(t) ? CostChange.Of(t.Cost.Total, old ?? NanoUsd.Zero) : "-", tone)],
            .. hasUnpriced ? (Cell[])[new(Figures.Count(t.UnpricedCalls), t.UnpricedCalls > 0 ? Tone.Bad : tone)] : [],
            .. hasTrend ? (Cell[])[new(spark, tone)] : [],
        ];

        var rows = models.Take(shownCount)
            .Select(m => Row(UsageTable.Key(m.Key[0]), m.Totals, then?.Of(m.Key[0]), lines.GetValueOrDefault(Wording.Name(m.Key[0]), ""), Tone.Plain))
            .ToList();
        if (models.Count > shownCount)
        {
            var rest = models.Skip(shownCount).Select(g => g.Totals).Aggregate(Totals.Add);
            var old = then?.Except(models.Take(shownCount).Select(m => m.Key[0]));
            rows.Add(Row(new Cell($"({Figures.Count(models.Count - shownCount)} others)", Tone.Muted), rest, old, "", Tone.Muted));
        }

        var all = SparkText.Of([.. trend.Sums().Select(s => s?.Value)]);
        return new Table(
            Columns(before is not null, hasUnpriced, hasTrend ? $"per {trend.Unit}" : null),
            rows,
            Row(new Cell("total", Tone.Strong), totals, before?.Totals.Cost.Total, all, Tone.Strong));
    }

    private static IReadOnlyList<Column> Columns(bool isCompared, bool hasUnpriced, string? trend) =>
    [
        Column.Words("model", Column.Always) with { Least = LeastName },
        new("calls", 80),
        new("errors", 50),
        new("prompt", 30),
        new("cached", 60),
        new("output", 40),
        new("cost", Column.Always),
        new("share", 70),
        .. isCompared ? (Column[])[new("change", 75)] : [],
        .. hasUnpriced ? (Column[])[new("unpriced", 90)] : [],
        .. trend is null ? (Column[])[] : [Column.Drawings(trend, 65)],
    ];
}
