using CostLedger.Querying.Conversations;

namespace CostReport.Cli.Conversations;

/// <summary>What a session took.</summary>
/// <param name="Name">Its name; null for the calls without a session.</param>
/// <param name="Conversations">How many conversations it has.</param>
/// <param name="Turns">How many turns they have.</param>
/// <param name="Loops">How many loops there were.</param>
/// <param name="First">When its first turn began; null where only calls of no conversation are known.</param>
/// <param name="Last">When its last turn ended.</param>
/// <param name="Totals">What all its calls took, those of no conversation too.</param>
internal sealed record SessionSummary(string? Name, int Conversations, int Turns, int Loops, DateTimeOffset? First, DateTimeOffset? Last, TurnTotals Totals)
{
    /// <summary>The sessions, the dearest first.</summary>
    public static IReadOnlyList<SessionSummary> Of(ConversationReport report)
    {
        var conversations = report.Conversations.ToLookup(c => c.Session ?? "", StringComparer.Ordinal);
        var names = conversations.Select(group => group.Key).Union(report.AloneBySession.Keys, StringComparer.Ordinal);
        return
        [
            .. names.Select(name => Of(name, [.. conversations[name]], report.AloneBySession.GetValueOrDefault(name)))
                .OrderByDescending(s => s.Totals.Cost).ThenBy(s => s.Name, StringComparer.Ordinal),
        ];
    }

    private static SessionSummary Of(string name, IReadOnlyList<Conversation> conversations, TurnTotals alone) => new(
        name.Length == 0 ? null : name,
        conversations.Count,
        conversations.Sum(c => c.Turns.Count),
        conversations.Sum(c => c.Loops.Count),
        conversations.Count == 0 ? null : conversations.Min(c => c.Turns[0].StartedAt),
        conversations.Count == 0 ? null : conversations.Max(c => c.Turns.Max(turn => turn.EndedAt)),
        conversations.Aggregate(alone, (sum, c) => sum + c.Totals));
}
