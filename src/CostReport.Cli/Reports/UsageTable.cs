using CostLedger.Querying;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Reports;

/// <summary>Sums by dimensions, as a table.</summary>
internal static class UsageTable
{
    private const int MostRows = 500;

    /// <summary>The table: a row a group, and a row of totals.</summary>
    public static Table Of(UsageReport report, int mostRows = MostRows)
    {
        var hasUnpriced = report.Totals.UnpricedCalls > 0;
        var places = Figures.MoneyPlaces([report.Totals.Cost.Total]);
        var columns = new List<Column>(report.By.Select(Dimension));
        columns.AddRange(
        [
            new Column("calls", 80),
            new Column("retries", 20),
            new Column("errors", 40),
            new Column("input", 60),
            new Column("cache read", 50),
            new Column("cache write", 45),
            new Column("output", 70),
            new Column("cost", Column.Always),
            new Column("share", 55),
        ]);
        if (hasUnpriced)
        {
            columns.Add(new Column("unpriced", 90));
        }

        List<Cell> Row(IEnumerable<Cell> key, UsageTotals t, Tone tone)
        {
            List<Cell> row =
            [
                .. key,
                new(Figures.Count(t.Calls), tone),
                new(Figures.Count(t.Attempts - t.Calls), tone),
                new(Figures.Count(t.Errors), t.Errors > 0 ? Tone.Bad : tone),
                new(Figures.Count(t.InputTokens), tone),
                new(Figures.Count(t.CacheReadInputTokens), tone),
                new(Figures.Count(t.CacheWrites()), tone),
                new(Figures.Count(t.OutputTokens), tone),
                new(HasCost(t) ? Figures.Money(t.Cost.Total, places) : "-", tone),
                new(HasCost(t) ? Figures.Percent(t.Cost.Total.Value, report.Totals.Cost.Total.Value) : "-", tone),
            ];
            if (hasUnpriced)
            {
                row.Add(new Cell(Figures.Count(t.UnpricedCalls), t.UnpricedCalls > 0 ? Tone.Bad : tone));
            }

            return row;
        }

        var count = Table.Shown(report.Groups.Count, mostRows);
        var shown = report.Groups.Take(count).Select(g => Row(g.Key.Select(k => Key(k)), g.Totals, Tone.Plain)).ToList();
        if (report.Groups.Count > count)
        {
            var rest = report.Groups.Skip(count).Select(g => g.Totals).Aggregate(Totals.Add);
            var name = $"({Figures.Count(report.Groups.Count - count)} others)";
            shown.Add(Row(report.By.Select((_, i) => new Cell(i == 0 ? name : "", Tone.Muted)), rest, Tone.Muted));
        }

        var total = Row(report.By.Select((_, i) => new Cell(i == 0 ? "total" : "", Tone.Strong)), report.Totals, Tone.Strong);
        return new Table(columns, shown, total);
    }

    /// <summary>The column of a dimension. A part of a time says nothing.</summary>
    public static Column Dimension(Grouping by) => IsTime(by)
        ? Column.Ids(by.Name, Column.Always)
        : Column.Words(by.Name, Column.Always);

    /// <summary>Whether a dimension cuts time.</summary>
    public static bool IsTime(Grouping by) => by.Kind is GroupKind.Hour or GroupKind.Day or GroupKind.Week or GroupKind.Month;

    /// <summary>Whether a part of the attempts has a price.</summary>
    public static bool HasCost(UsageTotals totals) => totals.Attempts == 0 || totals.UnpricedCalls < totals.Attempts;

    /// <summary>A part of a group's key.</summary>
    public static Cell Key(string? key) => new(Wording.Name(key), string.IsNullOrWhiteSpace(key) ? Tone.Muted : Tone.Plain);
}
