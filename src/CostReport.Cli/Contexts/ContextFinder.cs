using CostLedger.Records;
using CostReport.Cli.Sources;

namespace CostReport.Cli.Contexts;

/// <summary>
/// Puts calls into conversations: by the name that the application gave, else by their prompts' first message, which all turns have in
/// common; calls of which neither is known stand alone.
/// </summary>
internal static class ConversationFinder
{
    /// <summary>The conversations, the fullest first.</summary>
    public static IReadOnlyList<Conversation> Find(IEnumerable<CallRecord> calls, IPriceSource prices)
    {
        var groups = new Dictionary<object, (List<CallId> Calls, List<ContextTurn> Turns)>();
        foreach (var call in calls)
        {
            var key = KeyOf(call);
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = ([], []);
            }

            group.Calls.Add(call.Id);
            if (ContextTurn.Of(call) is { } turn)
            {
                group.Turns.Add(turn);
            }
        }

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
            .. groups.Values
                .Where(g => g.Turns.Count > 0)
                .Select(g => new Conversation(NameOf(g.Turns[0].Call), g.Turns, WindowOf(g.Turns[^1].Call.Model)) { Calls = g.Calls })
                .OrderByDescending(c => c.Share ?? 0).ThenByDescending(c => c.Last.Tokens).ThenBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a conversation is the one that a user names: by its name, or by the beginning of one of its calls' ids.</summary>
    public static bool Matches(Conversation conversation, string name) =>
        string.Equals(conversation.Name, name, StringComparison.Ordinal)
        || (name.Length >= 4 && conversation.Calls.Any(id => id.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static object KeyOf(CallRecord call) =>
        call.Labels.Conversation is { } name ? name
        : call.Prompt?.Thread is { } thread ? (thread, call.Labels.Session)
        : call.Id;

    private static string NameOf(CallRecord first) => first.Labels.Conversation ?? first.Id.ToString();
}
