using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Costs;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>The figures at the head of an estimate.</summary>
internal static class EstimateFacts
{
    private const string Dash = "-";

    /// <summary>Makes them.</summary>
    public static IReadOnlyList<Fact> Of(EstimatedRequest estimated) => [Tokens(estimated), Window(estimated), .. Costs(estimated), .. Cached(estimated)];

    private static Fact Tokens(EstimatedRequest estimated)
    {
        var estimate = estimated.Estimate;
        return new Fact("Input tokens", Figures.Count(estimate.InputTokens), $"nine of ten are within {Figures.Count(estimate.InputTokensLow)} to {Figures.Count(estimate.InputTokensHigh)}", Tone.Strong);
    }

    private static Fact Window(EstimatedRequest estimated)
    {
        if (estimated.Row is not { } row)
        {
            return new Fact("Context", Dash, "the model is not known");
        }

        var left = Math.Max(0, row.ContextWindow - estimated.Estimate.InputTokens);
        return new Fact("Context", Figures.Percent(estimated.Estimate.InputTokens, row.ContextWindow), $"of a window of {Figures.Count(row.ContextWindow)}; {Figures.Count(left)} left");
    }

    private static IEnumerable<Fact> Costs(EstimatedRequest estimated)
    {
        var costs = estimated.Costs;
        if (costs.Total is not { } total)
        {
            yield return new Fact("Cost", "unpriced", costs.Unpriced ?? "", Tone.Bad);
            yield break;
        }

        var modifiers = costs.Modifiers.Count == 0 ? "" : $"; priced as {string.Join(", ", costs.Modifiers).Replace('_', ' ')}";
        var interval = $"{Money(costs.Low)} to {Money(costs.High)}";
        var what = estimated.OutputTokens is { } output
            ? $"{interval}; input uncached {Money(costs.Input)}, {Figures.Count(output, "output token")} {Money(costs.Output)}{modifiers}"
            : $"{interval}; input uncached, no output (--output-tokens N adds an answer){modifiers}";
        yield return new Fact("Cost", Money(total), what, Tone.Strong);
        yield return estimated.Parameters.MaxTokens is { } most
            ? new Fact("At most", Money(costs.Most), costs.Most is null ? "nothing bounds it: the request reaches beyond itself" : $"with all {Figures.Count(most)} of max_tokens")
            : new Fact("At most", Dash, "nothing bounds it without max_tokens");
    }

    private static IEnumerable<Fact> Cached(EstimatedRequest estimated)
    {
        if (estimated.Costs is { FirstInput: { } first, LaterInput: { } later })
        {
            yield return new Fact("First call", Money(first), "input alone, with what it writes to the cache");
            yield return new Fact("Later calls", Money(later), "input alone, with what they read from it", Tone.Good);
        }
    }

    private static string Money(NanoUsd? amount) => amount is { } known ? Figures.Money(known) : Dash;
}
