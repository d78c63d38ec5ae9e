using CostLedger.Pricing;
using CostLedger.Records;

namespace CostLedger.Repricing;

/// <summary>Tells why a new cost differs from the stored one, by pricing the attempt also with the list of then.</summary>
/// <param name="version">The version of the list that the new costs are computed with.</param>
/// <param name="earlier">Gives the pricing of an earlier version; null when its list is gone.</param>
internal sealed class CauseFinder(string version, Func<string, Func<CallRecord, CostBreakdown>?> earlier)
{
    private readonly Dictionary<string, Func<CallRecord, CostBreakdown>?> _earlier = new(StringComparer.Ordinal);

    public RepriceCause Find(CallRecord record, CallCost cost)
    {
        var before = record.Cost;
        if (AreSame(before, cost))
        {
            return RepriceCause.Same;
        }

        if ((before.Basis == CostBasis.Unpriced) != (cost.Basis == CostBasis.Unpriced))
        {
            return before.Basis == CostBasis.Unpriced ? RepriceCause.WasUnpriced : RepriceCause.NowUnpriced;
        }

        // A cost without a list, as of what is not billed, comes from the calculation alone.
        if (before.PriceVersion is not { } then || string.Equals(then, version, StringComparison.Ordinal))
        {
            return RepriceCause.CalculationChanged;
        }

        return PricingOf(then) is not { } price
            ? RepriceCause.PriceListMissing
            : AreSame(before, price(record).Cost) ? RepriceCause.PriceChanged : RepriceCause.CalculationChanged;
    }

    /// <summary>Whether two costs say the same; the list that they come from does not matter.</summary>
    internal static bool AreSame(CallCost left, CallCost right) =>
        (left.Basis, left.ByClass, left.LowerBound, left.UpperBound, left.SavedByCache)
            == (right.Basis, right.ByClass, right.LowerBound, right.UpperBound, right.SavedByCache)
        && left.Marks.SequenceEqual(right.Marks, StringComparer.Ordinal);

    private Func<CallRecord, CostBreakdown>? PricingOf(string then)
    {
        if (!_earlier.TryGetValue(then, out var price))
        {
            price = earlier(then);
            _earlier.Add(then, price);
        }

        return price;
    }
}
