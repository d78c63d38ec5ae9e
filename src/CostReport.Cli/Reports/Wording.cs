using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Reports;

/// <summary>Sentences that several reports share.</summary>
internal static class Wording
{
    /// <summary>What stands for a group without a value.</summary>
    public const string None = "(none)";

    /// <summary>The value of a group as reports show it.</summary>
    public static string Name(string? key) => key switch
    {
        null => None,
        "" => "(empty)",
        _ when string.IsNullOrWhiteSpace(key) => "(blank)",
        _ => key,
    };

    /// <summary>The period in words.</summary>
    public static string Of(Period period)
    {
        var zone = period.ZoneName;
        var end = Figures.Minute(period.Local(period.End));
        return period.Since is { } since
            ? $"{Figures.Minute(period.Local(since))} to {end} ({zone}), {Figures.Duration(period.End - since)}"
            : $"all calls until {end} ({zone})";
    }

    /// <summary>The length of a period in words, for a comparison: <c>7 days</c>.</summary>
    public static string Length(Period period) => period.Since is { } since ? Figures.Duration(period.End - since) : "";

    /// <summary>What a reader must know about the sums, for example that calls have no price.</summary>
    public static IReadOnlyList<Cell> Caveats(UsageTotals totals)
    {
        var notes = new List<Cell>();
        if (totals.UnpricedCalls > 0)
        {
            var verb = totals.UnpricedCalls == 1 ? "has" : "have";
            notes.Add(new Cell(
                $"{Figures.Count(totals.UnpricedCalls, "call")} {verb} no price and {(totals.UnpricedCalls == 1 ? "is" : "are")} not in the cost; 'costreport doctor' names the models.",
                Tone.Bad));
        }

        notes.AddRange(Estimated(totals.EstimatedCalls, "call"));
        notes.AddRange(NearLeast(totals.NearLeastCalls));
        return notes;
    }

    /// <summary>What of the estimated cost is near its least; nothing where nothing is.</summary>
    /// <param name="count">How many of those that are estimated.</param>
    public static IEnumerable<Cell> NearLeast(long count) => count == 0
        ? []
        : [new Cell($"{Figures.Count(count)} of them ran on Bedrock, which bills an answer to its end: what is booked for them is near the least. DrainAbandonedStreams measures it.", Tone.Doubtful)];

    /// <summary>What of the cost is estimated; nothing where nothing is.</summary>
    /// <param name="count">How many have such a cost.</param>
    /// <param name="thing">What they are: <c>call</c>.</param>
    public static IEnumerable<Cell> Estimated(long count, string thing) => count == 0
        ? []
        : [new Cell($"The cost of {Figures.Count(count, thing)} is estimated in part: the answer was cut off before its last counts.", Tone.Doubtful)];

    /// <summary>What caching brought: <c>saved $1.23</c>, or that it cost more than it saved; nothing where it did neither.</summary>
    public static string Saved(NanoUsd saved) => saved.Value switch
    {
        > 0 => $"saved {Figures.Money(saved)}",
        < 0 => $"cost {Figures.Money(NanoUsd.Zero - saved)} more than it saved",
        _ => "",
    };

    /// <summary>Two parts of a sentence, or the one that says something.</summary>
    public static string Join(string one, string other) => one.Length > 0 && other.Length > 0 ? $"{one}; {other}" : one + other;

    /// <summary>Where the rows are that a table has no space for.</summary>
    /// <param name="count">How many they are.</param>
    /// <param name="thing">What they are: <c>other</c>.</param>
    public static Cell Elsewhere(long count, string thing) =>
        new($"{Figures.Count(count, thing)} {(count == 1 ? "is" : "are")} in --format json and csv.", Tone.Muted);

    /// <summary>What a mark beside a cost means.</summary>
    public static string Mark(string mark) => mark switch
    {
        CostMarks.SplitUnknown => "The answer did not say for how long all cache writes are kept; the rest is priced as five minutes.",
        CostMarks.FallbackCredit => "A fallback credit was redeemed; the provider corrects the price on the bill.",
        CostMarks.CodeExecutionNotPriced => "Code ran on the server; its container hours are billed by organisation and are not in this cost.",
        CostMarks.IterationUnpriced => "A part of the call ran on a model without a price and is not in this cost.",
        CostMarks.RefusalUnbilled => "The model refused before any output; such a refusal is not billed.",
        CostMarks.DeclinedFallbackUnbilled => "A model declined before a fallback answered; that part is not billed.",
        CostMarks.LowConfidencePrice => "The price itself is uncertain: no official page confirms it.",
        CostMarks.OutputEstimated => "The provider did not tell the output; the cost holds what was received of it.",
        CostMarks.InputUnknown => "The input is not known; the call may have been billed.",
        CostMarks.NotSent => "No connection could be made: nothing was sent and nothing is billed.",
        CostMarks.TierPriceUnknown => "The service tier has no public price; the standard price was used.",
        CostMarks.ImplausibleUsage => "The counts contradict each other or are impossible; they were not priced.",
        _ => mark,
    };
}
