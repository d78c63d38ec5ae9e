using CostLedger.Querying.Conversations;
using CostReport.Cli.Charts.Amounts;
using CostReport.Cli.Charts.Scales;
using CostReport.Cli.Documents;
using CostReport.Cli.Reports;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>Makes the pictures of the dearest conversations and sessions.</summary>
internal static class ConversationChart
{
    /// <summary>The dearest conversations.</summary>
    public static Ranking Of(IReadOnlyList<Conversation> found, Period period) =>
        Make("conversation", [.. found.Select(c => new Amount(c.Name, c.Totals.Cost.Value))], period);

    /// <summary>The dearest sessions.</summary>
    public static Ranking Of(IReadOnlyList<SessionSummary> sessions, Period period) =>
        Make("session", [.. sessions.Select(s => new Amount(Wording.Name(s.Name), s.Totals.Cost.Value))], period);

    private static Ranking Make(string thing, IReadOnlyList<Amount> amounts, Period period) => new(
        $"Cost by {thing}",
        $"{Wording.Of(period)}. {Figures.Count(amounts.Count, thing)}, the dearest first.",
        amounts,
        Measure.Money(amounts.Select(a => a.Value).DefaultIfEmpty().Max()));
}
