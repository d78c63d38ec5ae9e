using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>Sessions, exact.</summary>
internal static class SessionData
{
    private static readonly string[] Columns =
    [
        "session", "conversations", "turns", "calls", "started_at", "ended_at", "cost_usd", "unpriced", "prompt_tokens", "cache_read_tokens",
        "cache_write_tokens", "output_tokens", "hit_ratio", "saved_usd", "loops",
    ];

    /// <summary>A row a session.</summary>
    public static Dataset Of(IReadOnlyList<SessionSummary> sessions) => new("sessions", Columns, sessions.Select(Row));

    private static IReadOnlyList<Field> Row(SessionSummary s) =>
    [
        Field.Of(s.Name), Field.Of(s.Conversations), Field.Of(s.Turns), Field.Of(s.Totals.Calls), Field.Of(s.First is { } first ? Rfc3339.Utc(first) : null),
        Field.Of(s.Last is { } last ? Rfc3339.Utc(last) : null), Field.Of(s.Totals.Cost), Field.Of(s.Totals.Unpriced), Field.Of(s.Totals.InputTokens),
        Field.Of(s.Totals.CacheReadTokens), Field.Of(s.Totals.CacheWriteTokens), Field.Of(s.Totals.OutputTokens), Field.Of(ConversationData.Ratio(s.Totals.HitRatio)),
        Field.Of(s.Totals.SavedByCache), Field.Of(s.Loops),
    ];
}
