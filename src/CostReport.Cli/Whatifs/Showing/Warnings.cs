using CostReport.Cli.Documents;
using CostReport.Cli.Whatifs.Answering;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Whatifs.Showing;

/// <summary>What stands against an assumption, with how many calls it concerns.</summary>
internal static class Warnings
{
    /// <summary>The warnings: a name for programs, the number of calls, a sentence.</summary>
    public static IEnumerable<(string Name, long Calls, string Text)> Of(Answer answer)
    {
        foreach (var (doubt, name, text) in Sentences(answer))
        {
            if (answer.Doubts.TryGetValue(doubt, out var count))
            {
                yield return (name, count, $"{Figures.Count(count, "call")} {text}");
            }
        }

        if (answer.Assumption.Model is { Row.Status: { } status } model && (status.StartsWith("deprecated", StringComparison.Ordinal) || status.StartsWith("retired", StringComparison.Ordinal)))
        {
            yield return ("model_status", answer.Totals.Calls, $"{model.Name} is {status}.");
        }

        if (answer.Assumption.Lifetime == CacheLifetime.OneHour && answer.Totals.Difference > CostLedger.Records.NanoUsd.Zero)
        {
            yield return ("dearer_writes", answer.Totals.Dearer, $"Writing for an hour costs 2 times the input price instead of 1.25: {Figures.Count(answer.Totals.Dearer, "call")} {(answer.Totals.Dearer == 1 ? "follows" : "follow")} the one before too closely, or too late, for it to pay.");
        }
    }

    private static IEnumerable<(Doubts Doubt, string Name, string Text)> Sentences(Answer answer)
    {
        var model = answer.Assumption.Model;
        yield return (Doubts.NoPrice, "unpriced", "without a price in the ledger cost nothing here, now or then; 'costreport prices reprice' gives them one where the price list knows the model.");
        yield return (Doubts.NoPriceThen, "not_offered", $"would have no price{(model is null ? "" : $": {model.Name} is not offered at their provider")}; they keep what they cost.");
        yield return (Doubts.OverWindow, "over_window", $"would not fit into the context window of {Count(model?.Row.ContextWindow)} tokens and be refused or cut off; they are priced all the same.");
        yield return (Doubts.OverOutput, "over_output", $"had answers longer than {model?.Name} gives ({Count(model?.Row.MaxOutput)} tokens); they are priced all the same.");
        yield return (Doubts.TooShort, "below_minimum", $"cached a prefix that is too short for {model?.Name}, which caches from {Count(model?.Row.MinCacheableTokens)} tokens on.");
        yield return (Doubts.LosesFast, "no_fast_mode", $"ran in fast mode, which {(answer.Assumption.Batch ? "a batch" : model?.Name)} does not have; they are priced at standard speed.");
        yield return (Doubts.NoGeo, "no_geo", "go to a model or provider where inference_geo changes no price: old models refuse it, clouds have regions instead.");
        yield return (Doubts.IsBatch, "already_batch", "have been in a batch already.");
    }

    private static string Count(long? tokens) => tokens is { } known ? Figures.Count(known) : "?";
}
