using CostLedger.Querying.Histories;
using CostLedger.Querying.Reading;
using CostLedger.Querying.Trees;

namespace CostLedger.Querying.Conversations;

/// <summary>Reads the calls of a period, and shows the conversations that they are.</summary>
internal static class ConversationQuery
{
    /// <summary>Runs the question.</summary>
    public static ConversationReport Run(LedgerConnection connection, CallFilter filter)
    {
        using var snapshot = connection.BeginSnapshot();
        using var calls = new CallTracer(connection);
        var selection = FilterCompiler.Compile(connection, filter);
        using var tree = new StoredTree(connection, calls, selection.Low);
        var builder = new HistoryBuilder(tree);
        var alone = new Dictionary<string, TurnTotals>(StringComparer.Ordinal);
        foreach (var call in calls.Read(selection))
        {
            if (!builder.Add(call) && call.IsChosen)
            {
                var session = calls.Text(call.Session) ?? "";
                alone[session] = alone.GetValueOrDefault(session) + Totals(call.Sums);
            }
        }

        return new ConversationReport
        {
            Conversations = [.. builder.Histories.Select(history => Show(history, calls)).OfType<Conversation>()],
            Alone = Sum(alone.Values),
            AloneBySession = alone,
        };
    }

    /// <summary>What a conversation is called.</summary>
    public static string NameOf(History history, CallTracer calls) => calls.Text(history.Scope.Conversation) ?? history.Turns[0].Calls[0].Id.ToString();

    /// <summary>The loops of a conversation, as far as calls of them were chosen.</summary>
    public static IEnumerable<ConversationLoop> LoopsOf(History history) => LoopTrace.Of(history).Select(Show).OfType<ConversationLoop>();

    private static TurnTotals Totals(in CallSums sums) => new()
    {
        Calls = sums.Calls,
        UncachedTokens = sums.Uncached,
        CacheReadTokens = sums.CacheRead,
        CacheWriteTokens = sums.CacheWritten,
        OutputTokens = sums.Output,
        Cost = sums.Cost,
        InputCost = sums.NewInputCost + sums.CacheReadCost,
        SavedByCache = sums.SavedByCache,
        Unpriced = sums.Unpriced,
        Estimated = sums.Estimated,
    };

    private static TurnTotals Totals(Turn turn) => Sum(turn.Calls.Where(call => call.IsChosen).Select(call => Totals(call.Sums)));

    private static TurnTotals Sum(IEnumerable<TurnTotals> totals) => totals.Aggregate(default(TurnTotals), (sum, next) => sum + next);

    private static Conversation? Show(History history, CallTracer calls)
    {
        var turns = history.Turns.Where(turn => turn.Calls.Exists(call => call.IsChosen)).Select(turn => Show(turn, calls)).ToList();
        if (turns.Count == 0)
        {
            return null;
        }

        var first = history.Turns[0];
        return new Conversation
        {
            Name = NameOf(history, calls),
            IsNamed = history.Scope.IsNamed,
            Session = calls.Text(history.Scope.Session),
            Turns = turns,
            Loops = [.. LoopsOf(history)],
            Totals = Sum(turns.Select(turn => turn.Totals)),
            BeganEarlier = first.Facts.Answers > 0 || (first.Leaf != 0 && !first.Facts.IsWhole),
            GrowthPerTurn = Middle([.. turns.Select(turn => turn.Growth).OfType<long>()]),
        };
    }

    private static ConversationTurn Show(Turn turn, CallTracer calls)
    {
        var chosen = turn.Calls.FindAll(call => call.IsChosen);
        var answer = turn.Answer;
        return new ConversationTurn
        {
            Number = turn.Number,
            Branch = turn.Branch,
            Change = (ConversationChange)turn.Kind,
            Calls = [.. chosen.Select(call => call.Id)],
            AnsweredBy = answer.Id,
            Previous = turn.Previous?.Answer.Id,
            StartedAt = chosen[0].Id.Time,
            EndedAt = DateTimeOffset.UnixEpoch.AddTicks(chosen.Max(call => call.EndUs) * TimeSpan.TicksPerMicrosecond),
            Model = calls.Text(answer.Model),
            PromptTokens = answer.Sums.Input,
            Growth = turn.Previous?.Answer.Sums.Input is > 0 and var before && answer.Sums.Input > 0 ? answer.Sums.Input - before : null,
            Totals = Totals(turn),
            Answer = Totals(answer.Sums),
            Sources = answer.Sources,
            Loop = LoopTrace.LoopOf(turn),
        };
    }

    private static ConversationLoop? Show(LoopTrace trace)
    {
        var atRisk = Sum(trace.Turns.Select(Totals));
        var recognised = trace.Turns.Find(turn => LoopTrace.LoopOf(turn) is not null);
        return atRisk.Calls == 0 || recognised is null ? null : new ConversationLoop
        {
            Loop = trace.Loop,
            FirstCall = trace.Turns[0].Calls[0].Id,
            RecognisedAt = recognised.Calls[0].Id,
            AtRisk = atRisk,
        };
    }

    private static long? Middle(List<long> steps)
    {
        steps.Sort();
        return steps.Count == 0 ? null : steps[steps.Count / 2];
    }
}
