using CostLedger.Querying;
using CostReport.Cli.Whatifs.Assuming;

namespace CostReport.Cli.Whatifs.Answering;

/// <summary>What would be different.</summary>
internal sealed record Answer
{
    /// <summary>What was assumed.</summary>
    public required Assumption Assumption { get; init; }

    /// <summary>The version of the price list.</summary>
    public required string PriceVersion { get; init; }

    /// <summary>All calls together.</summary>
    public required ChangeSums Totals { get; init; }

    /// <summary>What calls are grouped by.</summary>
    public required IReadOnlyList<Grouping> By { get; init; }

    /// <summary>The groups, the greatest difference first.</summary>
    public required IReadOnlyList<(IReadOnlyList<string?> Key, ChangeSums Sums)> Groups { get; init; }

    /// <summary>The calls that change most.</summary>
    public required IReadOnlyList<CallChange> Calls { get; init; }

    /// <summary>The conversations that change most.</summary>
    public required IReadOnlyList<ConversationChange> Conversations { get; init; }

    /// <summary>How well playing the calls again, with nothing different, gives what was measured; null where nothing was played.</summary>
    public ReplayQuality? Replay { get; init; }

    /// <summary>How many calls have a doubt, by doubt.</summary>
    public required IReadOnlyDictionary<Doubts, long> Doubts { get; init; }
}
