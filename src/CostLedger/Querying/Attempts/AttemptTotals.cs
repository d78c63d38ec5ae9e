using CostLedger.Querying.Retrying;
using CostLedger.Records;

namespace CostLedger.Querying.Attempts;

/// <summary>Sums over logical calls and their attempts.</summary>
public sealed record AttemptTotals
{
    /// <summary>Logical calls: attempts that belong together count as one.</summary>
    public long Calls { get; init; }

    /// <summary>Attempts of those calls.</summary>
    public long Attempts { get; init; }

    /// <summary>Attempts beyond the first of each call.</summary>
    public long Retries => Attempts - Calls;

    /// <summary>Calls of more than one attempt.</summary>
    public long RetriedCalls { get; init; }

    /// <summary>Calls by how they ended: as the attempt whose answer was used did, else as the last attempt did.</summary>
    public IReadOnlyDictionary<CallOutcome, long> Outcomes { get; init; } = new Dictionary<CallOutcome, long>();

    /// <summary>The cost of all attempts; those without a known cost are not in it.</summary>
    public NanoUsd Cost { get; init; }

    /// <summary>Attempts whose cost is estimated in part; they are in <see cref="Cost"/>.</summary>
    public long Estimated { get; init; }

    /// <summary>
    /// Those of <see cref="Estimated"/> that got no whole answer of Bedrock, which bills an answer to its end: what they add to
    /// <see cref="Cost"/> is near the least that they can have cost.
    /// </summary>
    public long NearLeast { get; init; }

    /// <summary>The durations of all attempts, added up.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Attempts that were followed by another.</summary>
    public Waste Retried { get; init; }

    /// <summary>Last attempts of calls that never got an answer.</summary>
    public Waste Failed { get; init; }

    /// <summary>Last attempts that the caller cancelled.</summary>
    public Waste Abandoned { get; init; }

    /// <summary>Time between attempts in which none was running.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>All attempts whose answer was not used.</summary>
    public Waste Wasted => Retried + Failed + Abandoned;

    /// <summary>The time that wasted attempts took, and the time between attempts.</summary>
    public TimeSpan WastedTime => Times.Sum(Wasted.Time, Waited);

    /// <summary>How the waits that answers asked for were kept.</summary>
    public RetryWaits RetryAfter { get; init; }

    /// <summary>What may have been billed twice.</summary>
    public DoubleBilling BilledTwice { get; init; }

    /// <summary>Calls in which another model was tried or answered.</summary>
    public long FallbackCalls { get; init; }

    /// <summary>Calls with attempts before the period; those within an hour before it, or after it, are counted with them.</summary>
    public long BegunBefore { get; init; }

    /// <summary>Calls whose first attempt is not in the ledger.</summary>
    public long WithoutFirst { get; init; }
}
