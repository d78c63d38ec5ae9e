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
    public static Dataset Of(IReadOnlyList<Conversation> conversations) => new(
        "turns", Columns, conversations.SelectMany(c => c.Turns.Select((t, i) => Row(c, t, i + 1))));

    private static IReadOnlyList<Field> Row(Conversation conversation, ContextTurn turn, int number) =>
    [
        Field.Of(conversation.Name), Field.Of(number), Field.Of(turn.Call.Id.ToString()), Field.Of(Rfc3339.Utc(turn.Call.StartedAt)),
        Field.Of(turn.Call.Model), Field.Of(conversation.Window), Field.Of(turn.Tokens),
        Field.Of(turn.Parts?.Tools), Field.Of(turn.Parts?.System), Field.Of(turn.Parts?.History), Field.Of(turn.Parts?.ToolResults),
        Field.Of(turn.Parts?.Images), Field.Of(turn.Parts?.Other), Field.Of(turn.Call.Usage?.OutputTokens), Field.Of(turn.Call.Cost.Total),
    ];
}
