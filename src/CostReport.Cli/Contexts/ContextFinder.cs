using CostLedger.Querying.Conversations;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Contexts;

/// <summary>Tells what conversations filled. They are those of 'costreport conversations': one way to put calls together, and one reading.</summary>
internal static class ContextFinder
{
    private const int LeastOfId = 4;

    /// <summary>The conversations of which a turn's tokens are known, the fullest first.</summary>
    public static IReadOnlyList<ConversationContext> Find(IEnumerable<Conversation> conversations, IPriceSource prices)
    {
        var windows = new Dictionary<string, long?>(StringComparer.Ordinal);
        long? WindowOf(string? model)
        {
            if (model is null)
            {
                return null;
            }

            return windows.TryGetValue(model, out var known) ? known : windows[model] = prices.Find(model).ContextWindow;
        }

        return
        [
            .. conversations
                .Select(c => new ConversationContext(c, [.. c.Turns.Where(t => t.PromptTokens > 0).Select(t => new ContextTurn(t, WindowOf(t.Model)))]))
                .Where(c => c.Turns.Count > 0)
                .OrderByDescending(c => c.Last.Share ?? 0).ThenByDescending(c => c.Last.Tokens).ThenBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a conversation is the one that a user names: by its name, or by the beginning of one of its calls' ids.</summary>
    public static bool Matches(Conversation conversation, string name) =>
        string.Equals(conversation.Name, name, StringComparison.Ordinal)
        || (name.Length >= LeastOfId && conversation.Turns.Any(turn => turn.Calls.Any(call => call.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase))))
        || (name.Length >= LeastOfId && !conversation.IsNamed && conversation.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
