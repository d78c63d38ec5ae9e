using CostLedger.Pricing;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;

namespace CostReport.Cli.Calls;

/// <summary>The sum that explains a cost: a line a term, the classes rounded once, the total.</summary>
internal static class CostSection
{
    private const int NanoPlaces = 9;

    private static readonly (string Class, Func<CostByClass, NanoUsd> Of)[] Classes =
    [
        ("input", c => c.Input),
        ("output", c => c.Output),
        ("cache_read", c => c.CacheRead),
        ("cache_write_5m", c => c.CacheWrite5m),
        ("cache_write_1h", c => c.CacheWrite1h),
        ("server_tools", c => c.ServerTools),
    ];

    /// <summary>Makes the section.</summary>
    public static Section Of(CallRecord call, ExplainedCost explained) => new()
    {
        Heading = "Cost",
        Facts = Facts(call.Cost),
        Table = explained.Breakdown.Terms.Count > 0 ? Sum(explained.Breakdown) : null,
        Notes = [.. Notes(call.Cost, explained)],
    };

    private static List<Fact> Facts(CallCost cost)
    {
        var bounds = (cost.LowerBound, cost.UpperBound) switch
        {
            ({ } low, { } high) => $"between {Figures.Exact(low)} and {Figures.Exact(high)}",
            ({ } low, null) => $"at least {Figures.Exact(low)}",
            _ => "",
        };
        var tone = cost.Basis switch
        {
            CostBasis.Unpriced => Tone.Bad,
            CostBasis.Estimated => Tone.Doubtful,
            _ => Tone.Strong,
        };
        var facts = new List<Fact>
        {
            new("Cost", cost.Total is { } total ? Figures.Exact(total) : "unknown", string.Join(", ", new[] { cost.Basis.Name(), bounds }.Where(t => t.Length > 0)), tone),
        };
        if (cost.SavedByCache is { Value: not 0 } saved)
        {
            facts.Add(new Fact("Cache", Figures.Exact(saved), saved.Value > 0 ? "saved" : "lost: writing cost more than reading saved", saved.Value > 0 ? Tone.Good : Tone.Doubtful));
        }

        return facts;
    }

    private static Table Sum(CostBreakdown breakdown)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        foreach (var (name, of) in Classes)
        {
            var terms = breakdown.Terms.Where(t => string.Equals(t.Class, name, StringComparison.Ordinal)).ToList();
            rows.AddRange(terms.Select(Term));
            var exact = terms.Sum(t => t.ExactNanoUsd);
            var rounded = of(breakdown.Cost.ByClass ?? default);
            if (terms.Count > 1 || exact != rounded.Value)
            {
                rows.Add([new Cell(name, Tone.Muted), "", "", "", new Cell($"= {Figures.Exact(rounded)}", Tone.Muted), new Cell(exact == rounded.Value ? "sum" : "sum, rounded half to even", Tone.Muted)]);
            }
        }

        Cell total = new(breakdown.Cost.Total is { } sum ? $"= {Figures.Exact(sum)}" : "unknown", Tone.Strong);
        return new Table(
            [
                Column.Words("class", Column.Always),
                new Column("quantity", Column.Always),
                new Column("x price", Column.Always),
                new Column("x factors", Column.Always),
                new Column("= amount", Column.Always),
                Column.Words("price from", 20),
            ],
            rows,
            [new Cell("total", Tone.Strong), "", "", "", total, ""]);
    }

    private static IReadOnlyList<Cell> Term(CostTerm term) =>
    [
        term.Class,
        Figures.Count(term.Quantity),
        Figures.Price(term.Price, term.Per),
        string.Join(" ", term.Factors.Select(f => $"x {Figures.Exact(f.Value, 1)} {f.Name}")),
        $"${Figures.Exact(term.ExactNanoUsd / NanoUsd.PerDollar, NanoPlaces)}",
        term.Source,
    ];

    private static IEnumerable<Cell> Notes(CallCost stored, ExplainedCost explained)
    {
        var breakdown = explained.Breakdown;
        if (breakdown.Reason is { } reason)
        {
            yield return new Cell(reason, Tone.Doubtful);
        }

        foreach (var mark in stored.Marks)
        {
            yield return new Cell(Wording.Mark(mark), Tone.Doubtful);
        }

        if (breakdown.Terms.Count == 0 && explained.Agrees(stored))
        {
            yield break;
        }

        yield return explained.IsThen
            ? new Cell($"Computed again with price list {explained.Version}, the one that the stored cost came from.", Tone.Muted)
            : new Cell($"Computed with today's price list {explained.Version}: {(stored.PriceVersion is { } old ? $"the ledger no longer holds {old}" : "the stored cost came from none")}.", Tone.Doubtful);
        if (!explained.Agrees(stored))
        {
            var was = stored.Total is { } total ? Figures.Exact(total) : "unknown";
            var now = breakdown.Cost.Total is { } again ? Figures.Exact(again) : "unknown";
            yield return new Cell($"The stored cost ({was}) differs from this sum ({now}); 'costreport prices reprice --dry-run' shows why.", Tone.Bad);
        }
    }
}
