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
}
