using CostLedger.Records;

namespace CostLedger.Querying.Retrying;

/// <summary>The calls that wasted most: money first, then time.</summary>
/// <param name="count">How many are kept.</param>
internal sealed class WorstCalls(int count)
{
    private readonly PriorityQueue<LogicalCall, (NanoUsd Cost, TimeSpan Time, UInt128 Newest)> _calls = new();

    /// <summary>The calls, worst first.</summary>
    public IReadOnlyList<LogicalCall> Calls =>
        [.. _calls.UnorderedItems.OrderByDescending(c => c.Priority).Select(c => c.Element)];

    /// <summary>Adds a call, if it wasted anything.</summary>
    public void Add(LogicalCall call)
    {
        var loss = LossOf(call);
        if (loss.Attempts == 0)
        {
            return;
        }

        // Of equals the oldest goes first, so that the answer is always the same.
        _calls.Enqueue(call, (loss.Cost, Times.Sum(loss.Time, call.Waited), UInt128.MaxValue - call.Attempts[0].Id.Value));
        if (_calls.Count > count)
        {
            _calls.Dequeue();
        }
    }

    /// <summary>What a call's attempts took whose answer was not used.</summary>
    public static Loss LossOf(LogicalCall call)
    {
        var loss = new Loss();
        for (var i = 0; i < call.Attempts.Count; i++)
        {
            if (call.FateOf(i) != AttemptFate.Used)
            {
                loss.Add(call.Attempts[i]);
            }
        }

        return loss;
    }
}
