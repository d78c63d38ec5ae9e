using CostLedger.Querying;
using CostLedger.Records;

namespace CostReport.Cli.Comparisons;

/// <summary>What each value of a dimension cost before. A name may look like what stands for a missing one: it is not the same.</summary>
/// <param name="groups">Groups of which no two have the same key.</param>
internal sealed class EarlierCosts(IEnumerable<UsageGroup> groups)
{
    private readonly Dictionary<(bool IsNull, string Text), NanoUsd> _costs = groups.ToDictionary(g => KeyOf(g.Key[0]), g => g.Totals.Cost.Total);

    /// <summary>The cost of a value; zero where there was no call.</summary>
    public NanoUsd Of(string? value) => _costs.GetValueOrDefault(KeyOf(value));

    /// <summary>The cost of all other values.</summary>
    public NanoUsd Except(IEnumerable<string?> values)
    {
        var excepted = values.Select(KeyOf).ToHashSet();
        return _costs.Where(c => !excepted.Contains(c.Key)).Aggregate(NanoUsd.Zero, (sum, c) => sum + c.Value);
    }

    private static (bool IsNull, string Text) KeyOf(string? value) => (value is null, value ?? "");
}
