using CostReport.Cli.Documents;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Prices;

/// <summary>Every price of one model, past and present.</summary>
internal static class ModelPricesReport
{
    /// <summary>Makes the report.</summary>
    public static Report Of(ModelPrices prices, string version)
    {
        var rows = prices.Lines
            .GroupBy(l => l with { Provider = "" })
            .OrderByDescending(g => g.Key.From)
            .Select(IReadOnlyList<Cell> (g) =>
            [
                g.Key.Kind,
                PriceListReport.Day(g.Key.From),
                g.Key.Until is { } until ? PriceListReport.Day(until) : "",
                .. PriceListReport.Amounts(g.Key),
                string.Equals(g.Key.Confidence, "low", StringComparison.Ordinal) ? new Cell(g.Key.Confidence, Tone.Doubtful) : g.Key.Confidence,
                new Cell(string.Join(", ", g.Select(l => l.Provider)), Tone.Muted),
            ])
            .ToList();
        var table = new Table(
            [
                Column.Words("kind", Column.Always),
                new Column("from", 90),
                new Column("until", 75),
                .. PriceListReport.ClassColumns,
                Column.Words("confidence", 40),
                Column.Words("provider", Column.Always) with { Least = 10 },
            ],
            rows);
        return new Report(
            $"Prices of {prices.Model}",
            $"dollars per million tokens, price list {version}",
            [
                new Section { Facts = Facts(prices), Table = table },
                new Section { Notes = [.. prices.Notes.Select(n => new Cell(n, Tone.Muted))] },
            ]);
    }

    private static List<Fact> Facts(ModelPrices prices)
    {
        var facts = new List<Fact> { new("Found", prices.Model ?? "", prices.Explanation) };
        void Add(string label, long? tokens)
        {
            if (tokens is { } known)
            {
                facts.Add(new Fact(label, Figures.Count(known), "tokens"));
            }
        }

        Add("Context", prices.ContextWindow);
        Add("Longest answer", prices.MaxOutput);
        Add("Shortest cache", prices.MinCacheableTokens);
        if (prices.MinCacheableTokens is null)
        {
            facts.Add(new Fact("Shortest cache", "unknown", "1,024 is taken", Tone.Muted));
        }

        if (prices.Status is { } status)
        {
            facts.Add(new Fact("Status", status));
        }

        return facts;
    }
}
