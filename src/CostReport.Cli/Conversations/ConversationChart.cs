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
    /// <param name="report">The report.</param>
    /// <param name="found">Those of its conversations that were asked for.</param>
    /// <param name="period">The period.</param>
    public static Ranking Of(ConversationReport report, IReadOnlyList<Conversation> found, Period period)
    {
        var names = Names(found, period);
        var chart = Make("conversation", [.. found.Select(c => new Amount(names[c], c.Totals.Cost.Value))], period);
        return report.Alone.Calls == 0 ? chart : chart with { Nothing = "No call in this period belongs to a conversation." };
    }

    /// <summary>The dearest sessions.</summary>
    public static Ranking Of(IReadOnlyList<SessionSummary> sessions, Period period) =>
        Make("session", [.. sessions.Select(s => new Amount(Wording.Name(s.Name), s.Totals.Cost.Value))], period);

    // Conversations of one name are told apart by their sessions or, where these are the same too, by their beginnings.
    private static Dictionary<Conversation, string> Names(IReadOnlyList<Conversation> found, Period period)
    {
        var names = new Dictionary<Conversation, string>(ReferenceEqualityComparer.Instance);
        foreach (var alike in found.GroupBy(c => c.Name, StringComparer.Ordinal))
        {
            var isAlone = alike.Take(2).Count() == 1;
            var haveSessions = alike.Select(c => Wording.Name(c.Session)).Distinct(StringComparer.Ordinal).Count() == alike.Count();
            foreach (var conversation in alike)
            {
                var more = haveSessions ? Wording.Name(conversation.Session) : Figures.Second(period.Local(conversation.Turns[0].StartedAt));
                names[conversation] = isAlone ? Wording.Name(alike.Key) : $"{Wording.Name(alike.Key)} · {more}";
            }
        }

        return names;
    }

    private static Ranking Make(string thing, IReadOnlyList<Amount> amounts, Period period) => new(
        $"Cost by {thing}",
        $"{Wording.Of(period)}. {Figures.Count(amounts.Count, thing)}, the dearest first.",
        amounts,
        Measure.Money(amounts.Select(a => a.Value).DefaultIfEmpty().Max()));
}
