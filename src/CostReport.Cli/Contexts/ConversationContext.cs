using CostLedger.Querying.Conversations;
using CostLedger.Records;

namespace CostReport.Cli.Contexts;

/// <summary>A conversation by what its turns filled.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Turns">The turns whose tokens are known, oldest first; at least one.</param>
internal sealed record ConversationContext(Conversation Conversation, IReadOnlyList<ContextTurn> Turns)
{
    // The rate of the last turns: a conversation may have begun with a large document.
    private const int TurnsOfRate = 8;

    /// <summary>What the application calls it, else the id of its first call.</summary>
    public string Name => Conversation.Name;

    /// <summary>The last turn.</summary>
    public ContextTurn Last => Turns[^1];

    /// <summary>The model of the last turn.</summary>
    public string? Model => Last.Turn.Model;

    /// <summary>What a turn adds, in the middle of the last turns that go on from one another; null without any.</summary>
    public long? Growth { get; } = Middle([.. Turns.Select(turn => turn.Turn.Growth).OfType<long>().TakeLast(TurnsOfRate)]);

    /// <summary>How many more turns fit into the window at this rate; null when that is not known, or the context does not grow.</summary>
    public long? TurnsLeft => Growth is > 0 and var growth && Last.Window is { } window
        ? Math.Max(0, (window - Last.Tokens - Last.OutputTokens) / growth)
        : null;

    /// <summary>What all its calls cost together, those too that told no tokens; unpriced ones are not in it.</summary>
    public NanoUsd Cost => Conversation.Totals.Cost;

    /// <summary>
    /// What the next turn costs if it is like the last: the last answer's cost, its input grown at the rate. Null without a price.
    /// </summary>
    public NanoUsd? NextCost
    {
        get
        {
            var last = Last.Turn.Answer;
            var growth = (double)(Last.Tokens + Math.Max(0, Growth ?? 0)) / Last.Tokens;
            return last.Unpriced > 0 ? null : last.Cost - last.InputCost + new NanoUsd((long)(last.InputCost.Value * growth));
        }
    }

    private static long? Middle(List<long> steps)
    {
        steps.Sort();
        return steps.Count == 0 ? null : steps[steps.Count / 2];
    }
}
