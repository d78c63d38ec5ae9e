using CostLedger.Querying.Conversations;
using CostLedger.Records;
using CostLedger.Records.Tools;
using CostReport.Cli.Documents;
using CostReport.Cli.Statistics;
using CostReport.Cli.Times;

namespace CostReport.Cli.Conversations;

/// <summary>Conversations and turns, exact.</summary>
internal static class ConversationData
{
    private static readonly string[] Columns =
    [
        "conversation", "is_named", "session", "turns", "calls", "started_at", "ended_at", "cost_usd", "cost_per_turn_usd", "unpriced", "prompt_tokens",
        "cache_read_tokens", "cache_write_tokens", "output_tokens", "hit_ratio", "saved_usd", "growth_per_turn", "began_earlier", "forked", "edited",
        "reframed", "compacted", "loops", "at_risk_usd",
    ];

    private static readonly string[] TurnColumns =
    [
        "conversation", "turn", "branch", "change", "call_id", "attempts", "started_at", "duration_seconds", "model", "prompt_tokens", "growth",
        "cache_read_tokens", "cache_write_tokens", "output_tokens", "hit_ratio", "cost_usd", "unpriced", "saved_usd", "loop", "loop_tool",
    ];

    /// <summary>A row a conversation.</summary>
    public static Dataset Of(IReadOnlyList<Conversation> conversations) => new("conversations", Columns, conversations.Select(Row));

    /// <summary>A row a turn.</summary>
    public static Dataset Turns(IReadOnlyList<Conversation> conversations) =>
        new("turns", TurnColumns, conversations.SelectMany(c => c.Turns.Select(turn => Row(c, turn))));

    /// <summary>A ratio as programs read it.</summary>
    public static decimal? Ratio(double? ratio) => ratio is { } known ? Math.Round((decimal)known, 4) : null;

    /// <summary>The cost of a turn on average.</summary>
    public static NanoUsd PerTurn(Conversation conversation) => new(conversation.Totals.Cost.Value / conversation.Turns.Count);

    /// <summary>The money at risk in all loops of a conversation.</summary>
    public static NanoUsd AtRisk(Conversation conversation) => conversation.Loops.Aggregate(NanoUsd.Zero, (sum, loop) => sum + loop.AtRisk.Cost);

    private static IReadOnlyList<Field> Row(Conversation c)
    {
        var t = c.Totals;
        return
        [
            Field.Of(c.Name), Field.Of(c.IsNamed), Field.Of(c.Session), Field.Of(c.Turns.Count), Field.Of(t.Calls),
            Field.Of(Rfc3339.Utc(c.Turns[0].StartedAt)), Field.Of(Rfc3339.Utc(c.Turns.Max(turn => turn.EndedAt))),
            Field.Of(t.Cost), Field.Of(PerTurn(c)), Field.Of(t.Unpriced), Field.Of(t.InputTokens), Field.Of(t.CacheReadTokens), Field.Of(t.CacheWriteTokens),
            Field.Of(t.OutputTokens), Field.Of(Ratio(t.HitRatio)), Field.Of(t.SavedByCache), Field.Of(c.GrowthPerTurn), Field.Of(c.BeganEarlier),
            Field.Of(c.IsForked), Field.Of(c.IsEdited), Field.Of(c.IsReframed), Field.Of(c.IsCompacted), Field.Of(c.Loops.Count), Field.Of(AtRisk(c)),
        ];
    }

    private static IReadOnlyList<Field> Row(Conversation c, ConversationTurn turn)
    {
        var t = turn.Totals;
        return
        [
            Field.Of(c.Name), Field.Of(turn.Number), Field.Of(turn.Branch), Field.Of(Marks.Name(turn.Change)), Field.Of(turn.Calls[^1].ToString()),
            Field.Of(turn.Calls.Count), Field.Of(Rfc3339.Utc(turn.StartedAt)), Field.Of(Seconds.Of(turn.EndedAt - turn.StartedAt)), Field.Of(turn.Model),
            Field.Of(turn.PromptTokens), Field.Of(turn.Growth), Field.Of(t.CacheReadTokens), Field.Of(t.CacheWriteTokens), Field.Of(t.OutputTokens),
            Field.Of(Ratio(t.HitRatio)), Field.Of(t.Cost), Field.Of(t.Unpriced), Field.Of(t.SavedByCache), Field.Of(turn.Loop?.Kind.Name()), Field.Of(turn.Loop?.Tool),
        ];
    }
}
