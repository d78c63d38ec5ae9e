using CostReport.Cli.Documents;

namespace CostReport.Cli.Charts.Amounts;

/// <summary>A thing and how much of it.</summary>
/// <param name="Name">The name, of any length, with anything in it.</param>
/// <param name="Value">How much; a ranking shows negative ones too.</param>
internal sealed record Amount(string Name, long Value)
{
    /// <summary>Whether it stands for several that were added up.</summary>
    public bool IsRest { get; init; }

    /// <summary>The greatest, and what is left added up.</summary>
    /// <param name="amounts">The amounts in any order.</param>
    /// <param name="most">How many there is space for.</param>
    /// <returns>At most so many, the greatest first and the rest last.</returns>
    public static IReadOnlyList<Amount> Fold(IReadOnlyList<Amount> amounts, int most)
    {
        var sorted = amounts.OrderByDescending(a => a.Value).ThenBy(a => a.Name, StringComparer.Ordinal).ToList();
        if (sorted.Count <= most)
        {
            return sorted;
        }

        var rest = sorted.Skip(most - 1).Sum(a => (decimal)a.Value);
        var name = $"{Figures.Count(sorted.Count - most + 1)} others";
        return [.. sorted.Take(most - 1), new Amount(name, (long)Math.Clamp(rest, long.MinValue, long.MaxValue)) { IsRest = true }];
    }
}
