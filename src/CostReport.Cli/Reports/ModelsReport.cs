using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>Tokens by class, times the price paid, gives the cost: for every model.</summary>
internal static class ModelsReport
{
    /// <summary>The dimension of the report.</summary>
    public static readonly IReadOnlyList<Grouping> By = [new(GroupKind.Model)];

    private const int MostModels = 100;
    private const string WebSearches = "web searches";
    private const decimal SearchesPerPrice = 1000;

    /// <summary>Makes the report.</summary>
    /// <param name="usage">The sums by model.</param>
    /// <param name="period">The period.</param>
    public static Report Of(UsageReport usage, Period period)
    {
        var sections = new List<Section>();
        var groups = Totals.ByCost(usage.Groups);
        foreach (var group in groups.Take(MostModels))
        {
            sections.Add(new Section
            {
                Heading = Wording.Name(group.Key[0]),
                Facts = Facts(group.Totals, usage.Totals),
                Table = Classes(group.Totals),
                Notes = Notes(group.Totals),
            });
        }

        if (groups.Count > MostModels)
        {
            var rest = groups.Skip(MostModels).Select(g => g.Totals).Aggregate(Totals.Add);
            sections.Add(new Section
            {
                Heading = $"{Figures.Count(groups.Count - MostModels)} other models",
                Facts = Facts(rest, usage.Totals),
                Table = Classes(rest),
                Notes = Notes(rest),
            });
        }

        if (groups.Count > 1)
        {
            sections.Add(new Section
            {
                Heading = "All models",
                Facts = Facts(usage.Totals, usage.Totals),
                Table = Classes(usage.Totals),
                Notes = Wording.Caveats(usage.Totals),
            });
        }

        return new Report("Prices and cost by model", Wording.Of(period), sections);
    }

    private static List<Fact> Facts(UsageTotals totals, UsageTotals all)
    {
        var facts = new List<Fact> { new("Calls", Figures.Count(totals.Calls), Attempts(totals)) };
        if (all.Cost.Total.Value != 0)
        {
            facts.Add(new Fact("Share", Figures.Percent(totals.Cost.Total.Value, all.Cost.Total.Value), "of the cost"));
        }

        if (totals.Prompt() > 0)
        {
            var share = Figures.Percent(totals.CacheReadInputTokens, totals.Prompt());
            facts.Add(new Fact("Cache", share, Wording.Join("of the prompts was read from it", Wording.Saved(totals.SavedByCache))));
        }

        var speed = new List<string>();
        if (totals.FirstContentCalls > 0)
        {
            speed.Add($"first content after {Figures.Duration(totals.FirstContent / totals.FirstContentCalls)} in the mean");
        }

        if (totals.Duration > TimeSpan.Zero && totals.OutputTokens > 0)
        {
            facts.Add(new Fact("Speed", Figures.Count((long)Math.Round(totals.OutputTokens / totals.Duration.TotalSeconds, MidpointRounding.AwayFromZero)), string.Join("; ", ["output tokens a second, waiting included", .. speed])));
        }

        return facts;
    }

    private static string Attempts(UsageTotals totals)
    {
        var retries = totals.Attempts - totals.Calls;
        var words = new List<string>();
        if (retries > 0)
        {
            words.Add($"and {Figures.Count(retries)} retried");
        }

        if (totals.Errors > 0)
        {
            words.Add($"{Figures.Count(totals.Errors)} failed");
        }

        return string.Join(", ", words);
    }

    private static Table? Classes(UsageTotals totals)
    {
        var whole = totals.Cost.Total;
        var places = Figures.MoneyPlaces([whole]);
        var unknown = totals.UnpricedCalls > 0 && totals.UnpricedCalls == totals.Attempts;
        var rows = totals.Classes()
            .Where(c => c.Quantity != 0 || c.Cost.Value != 0)
            .Select(IReadOnlyList<Cell> (c) =>
            [
                c.Name,
                Figures.Count(c.Quantity),
                unknown ? "-" : Price(c.Name, c.Quantity, c.Cost),
                unknown ? "-" : Figures.Money(c.Cost, places),
                unknown ? "-" : Figures.Percent(c.Cost.Value, whole.Value),
                new Cell("", Tone.Plain, whole.Value > 0 ? (double)c.Cost.Value / whole.Value : 0),
            ])
            .ToList();
        Cell[] footer =
        [
            new("total", Tone.Strong),
            new(""),
            new(""),
            new(unknown ? "unknown" : Figures.Money(whole, places), unknown ? Tone.Bad : Tone.Strong),
            new(""),
            Cell.Empty,
        ];
        return rows.Count == 0 ? null : new Table(
            [
                Column.Words("class", Column.Always),
                new Column("tokens", Column.Always),
                new Column("x $ per million", Column.Always),
                new Column("= cost", Column.Always),
                new Column("share", 70),
                Column.Bars(10),
            ],
            rows,
            footer);
    }

    private static string Price(string name, long quantity, NanoUsd cost) => string.Equals(name, WebSearches, StringComparison.Ordinal) && quantity > 0
        ? $"{(cost.Value * (SearchesPerPrice / NanoUsd.PerDollar) / quantity).ToString("N2", System.Globalization.CultureInfo.InvariantCulture)} per 1,000"
        : Figures.PricePerMillion(cost, quantity);

    private static IReadOnlyList<Cell> Notes(UsageTotals totals) => totals.NearLeastCalls == 0
        ? Unpriced(totals)
        : [.. Unpriced(totals), .. Wording.Estimated(totals.EstimatedCalls, "call"), .. Wording.NearLeast(totals.NearLeastCalls)];

    private static IReadOnlyList<Cell> Unpriced(UsageTotals totals) => totals.UnpricedCalls switch
    {
        0 => [],
        var all when all == totals.Attempts => [new Cell("No price is known for this model: its cost is unknown, not zero. See 'costreport doctor'.", Tone.Bad)],
        var some => [new Cell($"{Figures.Count(some, "call")} without a price: counted in the tokens, not in the cost, so the price per million looks too low.", Tone.Bad)],
    };
}
