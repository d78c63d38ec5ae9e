using CostReport.Cli.Documents;
using CostReport.Cli.Times;

namespace CostReport.Cli.Contexts;

/// <summary>What filled contexts, exact: a row for each turn.</summary>
internal static class ContextData
{
    private static readonly string[] Columns =
    [
        "conversation", "turn", "call_id", "started_at", "model", "window", "prompt_tokens", "tools", "system", "history", "tool_results",
        "images", "other", "output_tokens", "cost_usd",
    ];

    /// <summary>All turns of all conversations.</summary>
    public static Dataset Of(IReadOnlyList<ConversationContext> conversations) => new(
        "turns", Columns, conversations.SelectMany(c => c.Turns.Select(t => Row(c, t))));

    private static IReadOnlyList<Field> Row(ConversationContext conversation, ContextTurn turn) =>
    [
        Field.Of(conversation.Name), Field.Of(turn.Turn.Number), Field.Of(turn.Turn.AnsweredBy.ToString()), Field.Of(Rfc3339.Utc(turn.Turn.AnsweredBy.Time)),
        Field.Of(turn.Turn.Model), Field.Of(turn.Window), Field.Of(turn.Tokens),
        Field.Of(turn.Parts?.Tools), Field.Of(turn.Parts?.System), Field.Of(turn.Parts?.History), Field.Of(turn.Parts?.ToolResults),
        Field.Of(turn.Parts?.Images), Field.Of(turn.Parts?.Other), Field.Of(turn.OutputTokens), Field.Of(turn.Cost),
    ];
}
