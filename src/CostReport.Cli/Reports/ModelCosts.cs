using CostLedger.Records;

namespace CostReport.Cli.Reports;

/// <summary>The cost of one model over time.</summary>
/// <param name="Model">The model.</param>
/// <param name="Costs">The cost in each bucket; null where there was no call.</param>
internal sealed record ModelCosts(string Model, IReadOnlyList<NanoUsd?> Costs)
{
    /// <summary>The cost of all buckets.</summary>
    public NanoUsd Sum { get; } = SumOf(Costs);

    /// <summary>Orders models, the dearest first; of equals by name.</summary>
    public static int CompareDearest(ModelCosts left, ModelCosts right)
    {
        var order = right.Sum.CompareTo(left.Sum);
        return order != 0 ? order : string.CompareOrdinal(left.Model, right.Model);
    }

    private static NanoUsd SumOf(IReadOnlyList<NanoUsd?> costs)
    {
        var sum = NanoUsd.Zero;
        for (var i = 0; i < costs.Count; i++)
        {
            sum += costs[i] ?? NanoUsd.Zero;
        }

        return sum;
    }
}
