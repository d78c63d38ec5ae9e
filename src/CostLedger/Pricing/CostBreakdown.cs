using CostLedger.Records;

namespace CostLedger.Pricing;

/// <summary>A cost with the sum that explains it. For each class the terms' exact amounts add up to the class before rounding.</summary>
/// <param name="Cost">The cost, rounded half-even once per class.</param>
/// <param name="Terms">The terms, in the order of the classes; empty when unpriced or unbilled.</param>
/// <param name="Reason">Why it is unbilled, unpriced or estimated, in one sentence; null when simply measured.</param>
/// <param name="Modifiers">What changed the price: <c>long_context</c>, <c>fast</c>, <c>geo</c>, <c>batch</c>, <c>regional</c>, <c>govcloud</c>.</param>
public sealed record CostBreakdown(
    CallCost Cost,
    IReadOnlyList<CostTerm> Terms,
    string? Reason,
    IReadOnlyList<string> Modifiers)
{
    /// <summary>What the iterations of one type cost, for example those of <c>compaction</c>: a part of the whole, never more than it.</summary>
    /// <param name="type">The type of <see cref="UsageIteration.Type"/>.</param>
    /// <returns>The cost by class, each rounded down to the nano-dollar; zero where there are none, or nothing is explained.</returns>
    public CostByClass CostOf(string type)
    {
        var (input, output, read, write5m, write1h) = (0m, 0m, 0m, 0m, 0m);
        for (var i = 0; i < Terms.Count; i++)
        {
            var amount = IsOf(Terms[i], type) ? Terms[i].ExactNanoUsd : 0;
            switch (Terms[i].Class)
            {
                case "input": input += amount; break;
                case "output": output += amount; break;
                case "cache_read": read += amount; break;
                case "cache_write_5m": write5m += amount; break;
                case "cache_write_1h": write1h += amount; break;
                default: break;
            }
        }

        return new CostByClass(Floor(input), Floor(output), Floor(read), Floor(write5m), Floor(write1h), NanoUsd.Zero);
    }

    // "compaction 1": the type, then the iteration's place.
    private static bool IsOf(CostTerm term, string type) =>
        term.Part is { } part && part.StartsWith(type, StringComparison.Ordinal) && part.AsSpan(type.Length).StartsWith(" ", StringComparison.Ordinal);

    private static NanoUsd Floor(decimal amount) => new(decimal.ToInt64(decimal.Floor(amount)));
}
