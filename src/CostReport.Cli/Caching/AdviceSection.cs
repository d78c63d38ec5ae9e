using CostLedger.Querying.Caching.Advice;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Caching;

/// <summary>What would save money, for people.</summary>
internal static class AdviceSection
{
    private const int Most = 12;
    private const int ShortId = 16;

    /// <summary>The section.</summary>
    public static Section Of(AdviceReport report) => new() { Heading = "What would have saved money", Notes = [.. Notes(report)] };

    private static IEnumerable<Cell> Notes(AdviceReport report)
    {
        if (report.Advice.Count == 0)
        {
            yield return new Cell(report.Calls == 0
                ? "No call told what was cached of it: there is nothing to advise on."
                : $"Nothing worth a change was found in {Figures.Count(report.Calls, "call")}.", Tone.Muted);
        }

        foreach (var (i, advice) in report.Advice.Take(Most).Index())
        {
            yield return new Cell($"{i + 1}. {Figures.Money(advice.Saving)}{(advice.IsMeasured ? "" : " (computed)")}: {advice.Action}", Tone.Strong);
            yield return new Cell($"{advice.Found} {advice.Model}; for example call {advice.Example.ToString()[..ShortId]}.{Shares(advice)}");
        }

        if (report.Advice.Count > Most)
        {
            yield return new Cell($"{Figures.Count(report.Advice.Count - Most)} more are in --format json.", Tone.Muted);
        }

        if (report.IsCut)
        {
            yield return new Cell($"Advice rests on the last {Figures.Count(report.Calls)} calls of the period; earlier ones were not looked at.", Tone.Doubtful);
        }
    }

    private static string Shares(CacheAdvice advice) => advice.SharesMoneyWith.Count == 0
        ? ""
        : $" A part of this money is also in: {string.Join(", ", advice.SharesMoneyWith)}.";
}
