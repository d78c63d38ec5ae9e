using CostLedger.Pricing;
using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Calls;

/// <summary>The sum that explains a cost, exact, a term a row, for CSV.</summary>
internal static class TermData
{
    private static readonly string[] Columns = ["class", "quantity", "price_usd", "per", "factor", "amount_usd", "source"];

    /// <summary>The terms.</summary>
    public static Dataset Of(CostBreakdown breakdown) => new("terms", Columns, breakdown.Terms.Select(Row));

    private static IReadOnlyList<Field> Row(CostTerm term) =>
    [
        Field.Of(term.Class),
        Field.Of(term.Quantity),
        Field.Of(term.Price),
        Field.Of(term.Per),
        Field.Of(term.Factors.Aggregate(1m, (product, factor) => product * factor.Value)),
        Field.Of(term.ExactNanoUsd / NanoUsd.PerDollar),
        Field.Of(term.Source),
    ];
}
