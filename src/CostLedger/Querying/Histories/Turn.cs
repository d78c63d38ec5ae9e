using CostLedger.Querying.Trees;

namespace CostLedger.Querying.Histories;

/// <summary>A turn of a conversation: one prompt, with all attempts at its answer.</summary>
internal sealed class Turn
{
    public required History History { get; init; }

    /// <summary>The turn that it continues; null for the first.</summary>
    public required Turn? Previous { get; init; }

    public required TurnKind Kind { get; init; }

    /// <summary>Its place, from 1; a branch counts on from where it leaves.</summary>
    public required int Number { get; init; }

    /// <summary>0 for the first continuation of each turn.</summary>
    public required int Branch { get; init; }

    /// <summary>Where its prompt ends; 0 where that is not known.</summary>
    public required long Leaf { get; init; }

    /// <summary>The last message of its prompt.</summary>
    public required int Message { get; init; }

    public required PathFacts Facts { get; init; }

    /// <summary>Its attempts, oldest first.</summary>
    public List<TracedCall> Calls { get; } = [];

    /// <summary>Whether a later turn continues it.</summary>
    public bool IsContinued { get; set; }

    /// <summary>The attempt that answered, else the last one.</summary>
    public TracedCall Answer
    {
        get
        {
            for (var i = Calls.Count - 1; i >= 0; i--)
            {
                if (Calls[i].Outcome == Records.CallOutcome.Success)
                {
                    return Calls[i];
                }
            }

            return Calls[^1];
        }
    }

    public bool IsAnswered => Calls.Exists(static call => call.IsAnswered);
}
