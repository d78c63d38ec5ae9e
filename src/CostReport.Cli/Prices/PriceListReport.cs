using System.Globalization;
using CostReport.Cli.Documents;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Prices;

/// <summary>The prices in force on a day.</summary>
internal static class PriceListReport
{
    private static readonly string[] DataColumns =
    [
        "model", "provider", "kind", "from", "until", "input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok",
        "cache_write_5m_usd_per_mtok", "cache_write_1h_usd_per_mtok", "confidence",
    ];

    /// <summary>A row for each model; providers with the same prices share it.</summary>
    /// <param name="lines">All prices.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="version">The list's version.</param>
    public static Report Of(IEnumerable<PriceLine> lines, DateOnly day, string version)
    {
        var rows = InForce(lines, day)
            .Where(l => string.Equals(l.Kind, PriceLine.Standard, StringComparison.Ordinal))
            .GroupBy(l => (l.Model, l.Classes))
            .Select(IReadOnlyList<Cell> (g) =>
            [
                g.Key.Model,
                .. Amounts(g.First()),
                new Cell(string.Join(", ", g.Select(l => l.Provider)), Tone.Muted),
            ])
            .ToList();
        var table = new Table(
            [Column.Ids("model", Column.Always), .. ClassColumns, Column.Words("provider", Column.Always) with { Least = 10 }],
            rows);
        return new Report(
            "Prices in dollars per million tokens",
            string.Create(CultureInfo.InvariantCulture, $"in force on {day:yyyy-MM-dd} (UTC), price list {version}"),
            [new Section { Table = table, Notes = [new Cell("Standard speed, one at a time: 'costreport prices show MODEL' has batch, fast mode and long prompts.", Tone.Muted)] }]);
    }

    /// <summary>The prices of a day, exact, every provider and kind a row.</summary>
    public static Dataset Data(IEnumerable<PriceLine> lines, DateOnly day) => Data(InForce(lines, day));

    /// <summary>Prices, exact.</summary>
    public static Dataset Data(IEnumerable<PriceLine> lines) => new("prices", DataColumns, lines.Select(IReadOnlyList<Field> (l) =>
    [
        Field.Of(l.Model), Field.Of(l.Provider), Field.Of(l.Kind), Field.Of(Day(l.From)), Field.Of(l.Until is { } until ? Day(until) : null),
        Field.Of(l.Input), Field.Of(l.Output), Field.Of(l.CacheRead), Field.Of(l.CacheWrite5m), Field.Of(l.CacheWrite1h), Field.Of(l.Confidence),
    ]));

    /// <summary>The columns of the five classes.</summary>
    public static IReadOnlyList<Column> ClassColumns { get; } =
    [
        new("input", Column.Always),
        new("output", Column.Always),
        new("cache read", 80),
        new("write 5m", 70),
        new("write 1h", 60),
    ];

    /// <summary>The five prices as cells.</summary>
    public static IEnumerable<Cell> Amounts(PriceLine line) =>
        [Amount(line.Input), Amount(line.Output), Amount(line.CacheRead), Amount(line.CacheWrite5m), Amount(line.CacheWrite1h)];

    /// <summary>A day as ISO 8601 has it.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<PriceLine> InForce(IEnumerable<PriceLine> lines, DateOnly day) => lines.Where(l => l.Covers(day));

    private static Cell Amount(decimal? dollars) => dollars is { } known ? new Cell($"${Figures.Exact(known, 2)}") : new Cell("-", Tone.Muted);
}
