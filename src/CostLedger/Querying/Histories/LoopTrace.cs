using CostLedger.Records.Tools;

namespace CostLedger.Querying.Histories;

/// <summary>The turns of one loop, from the one that brought its first result.</summary>
internal sealed class LoopTrace
{
    private LoopTrace(Turn first) => Loop = LoopOf(first)!;

    /// <summary>The loop as its longest turn shows it.</summary>
    public ToolLoop Loop { get; private set; }

    /// <summary>Its turns.</summary>
    public List<Turn> Turns { get; } = [];

    /// <summary>The loops of a conversation.</summary>
    public static List<LoopTrace> Of(History history)
    {
        var traces = new List<LoopTrace>();
        var known = new Dictionary<Turn, LoopTrace>();
        foreach (var turn in history.Turns)
        {
            if (LoopOf(turn) is not { } loop)
            {
                continue;
            }

            if (turn.Previous is not { } previous || LoopOf(previous) is null || !known.TryGetValue(previous, out var trace))
            {
                traces.Add(trace = new LoopTrace(turn));
                trace.AddBefore(turn, known);
            }

            trace.Turns.Add(turn);
            trace.Loop = loop.Rounds >= trace.Loop.Rounds ? loop : trace.Loop;
            known[turn] = trace;
        }

        return traces;
    }

    /// <summary>The loop that a turn's prompt shows.</summary>
    public static ToolLoop? LoopOf(Turn turn)
    {
        foreach (var call in turn.Calls)
        {
            if (call.Loop is { } loop)
            {
                return loop;
            }
        }

        return null;
    }

    // It began before it could be recognised.
    private void AddBefore(Turn turn, Dictionary<Turn, LoopTrace> known)
    {
        for (var before = turn.Previous; before is { Leaf: not 0 } && before.Message >= Loop.SinceMessage && known.TryAdd(before, this); before = before.Previous)
        {
            Turns.Add(before);
        }

        Turns.Reverse();
    }
}
