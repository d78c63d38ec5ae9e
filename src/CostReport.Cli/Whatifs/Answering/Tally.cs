using CostLedger.Records;
using CostReport.Cli.Whatifs.Assuming;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>Adds up what changes: in all, by group, by conversation. Sums do not depend on the order of the calls.</summary>
/// <param name="groups">Names the groups.</param>
internal sealed class Tally(Grouper groups)
{
    private const int MostListed = 20;

    private static readonly Doubts[] AllDoubts = [.. Enum.GetValues<Doubts>().Where(doubt => doubt != Doubts.None)];

    private readonly ChangeSums _totals = new();
    private readonly Dictionary<string?[], ChangeSums> _groups = new(groups);
    private readonly Dictionary<(string? Name, long Thread, string? Session), ConversationChange> _conversations = [];
    private readonly Dictionary<Doubts, long> _doubts = [];
    private readonly Greatest<CallChange> _calls = new(MostListed, Comparer<CallChange>.Create(Compare));

    /// <summary>Adds a call.</summary>
    public void Add(in CallChange change, Doubts doubts)
    {
        _totals.Add(change);
        var key = groups.KeyOf(change.Call);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups[key] = group = new ChangeSums();
        }

        group.Add(change);
        Count(doubts);
        AddToConversation(change);
        if (change.Difference != NanoUsd.Zero)
        {
            _calls.Add(change);
        }
    }

    /// <summary>The answer.</summary>
    public Answer ToAnswer(Assumption assumption, string version, ReplayQuality? replay)
    {
        var conversations = new Greatest<ConversationChange>(MostListed, Comparer<ConversationChange>.Create(Compare));
        foreach (var conversation in _conversations.Values.Where(c => c.Difference != NanoUsd.Zero))
        {
            conversations.Add(conversation);
        }

        return new Answer
        {
            Assumption = assumption,
            PriceVersion = version,
            Totals = _totals,
            By = groups.By,
            Groups =
            [
                .. _groups
                    .OrderByDescending(g => Size(g.Value.Difference)).ThenByDescending(g => g.Value.Now)
                    .ThenBy(g => string.Join('\n', g.Key), StringComparer.Ordinal)
                    .Select(g => ((IReadOnlyList<string?>)g.Key, g.Value)),
            ],
            Calls = _calls.ToList(),
            Conversations = conversations.ToList(),
            Replay = replay,
            Doubts = _doubts,
        };
    }

    private void Count(Doubts doubts)
    {
        if (doubts == Doubts.None)
        {
            return;
        }

        foreach (var doubt in AllDoubts)
        {
            if ((doubts & doubt) != Doubts.None)
            {
                _doubts[doubt] = _doubts.GetValueOrDefault(doubt) + 1;
            }
        }
    }

    // Calls belong together by the name that the application gave, else by their first message within a session. A counted prompt is no
    // part of a conversation, which is named by its first call.
    private void AddToConversation(in CallChange change)
    {
        var (labels, thread) = (change.Call.Labels, change.Call.Prompt?.Thread);
        if ((labels.Conversation is null && thread is null) || change.Call.Pricing.Operation == Operation.CountTokens)
        {
            return;
        }

        var key = labels.Conversation is { } name ? (name, 0L, null) : ((string?)null, thread ?? 0, labels.Session);
        if (!_conversations.TryGetValue(key, out var conversation))
        {
            _conversations[key] = conversation = new ConversationChange(labels.Conversation ?? change.Call.Id.ToString());
        }

        conversation.Add(change);
    }

    private static long Size(NanoUsd amount) => Math.Abs(amount.Value);

    private static int Compare(CallChange left, CallChange right) =>
        Size(left.Difference).CompareTo(Size(right.Difference)) is var order and not 0 ? order : right.Call.Id.CompareTo(left.Call.Id);

    private static int Compare(ConversationChange left, ConversationChange right) =>
        Size(left.Difference).CompareTo(Size(right.Difference)) is var order and not 0 ? order : string.CompareOrdinal(right.Name, left.Name);
}
