using CostLedger.Records;
using CostLedger.Storage;

namespace CostLedger.Querying.Conversations;

/// <summary>Which calls belong together.</summary>
public static class ConversationQuestions
{
    /// <summary>
    /// Puts calls into conversations. No id from the application is needed: a call whose prompt extends an earlier one belongs to it; forks,
    /// edits and compactions are recognised. Where the application named a conversation or a session, that decides.
    /// </summary>
    /// <remarks>
    /// Computed when asked, over all calls of the period and those before it on which their prompts build; the other conditions choose
    /// the calls that are counted. Memory grows with the calls of the period, about 1 kB each. A client's own summary is recognised where
    /// a session or a conversation was given, or where the end of the history stays.
    /// </remarks>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <returns>The conversations.</returns>
    /// <exception cref="ArgumentException">A status of the filter is none.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static ConversationReport Conversations(this LedgerReader reader, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        return ConversationQuery.Run(reader.Connection, filter);
    }

    /// <summary>
    /// Finds the calls of conversations that a filter names by the id of one of their calls: where the application gave no name, reports show that
    /// of the first call. Looks at all calls of the period where there is such a name, and at none otherwise.
    /// </summary>
    /// <param name="reader">The ledger.</param>
    /// <param name="filter">Which calls.</param>
    /// <returns>The filter, with <see cref="CallFilter.ConversationCalls"/>.</returns>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="OverflowException">The costs are beyond about 9.2 billion dollars.</exception>
    public static CallFilter WithConversationCalls(this LedgerReader reader, CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(filter);
        var ids = filter.Conversations.Where(name => CallId.TryParse(name, out _)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return ids.Count == 0 ? filter : filter with
        {
            ConversationCalls =
            [
                .. filter.ConversationCalls,
                .. ConversationQuery.Run(reader.Connection, new CallFilter { Since = filter.Since, Until = filter.Until }).Conversations
                    .Select(conversation => (conversation.Name, Calls: conversation.Turns.SelectMany(turn => turn.Calls).ToList()))
                    .Where(conversation => ids.Contains(conversation.Name) || conversation.Calls.Exists(call => ids.Contains(call.ToString())))
                    .SelectMany(conversation => conversation.Calls),
            ],
        };
    }
}
