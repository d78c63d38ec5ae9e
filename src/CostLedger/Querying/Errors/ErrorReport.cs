using CostLedger.Records;
using CostLedger.Records.Errors;

namespace CostLedger.Querying.Errors;

/// <summary>Which attempts failed, and how.</summary>
public sealed record ErrorReport
{
    /// <summary>All attempts of the period that the filter selects, whatever statuses it asks for: what shares are of.</summary>
    public long Attempts { get; init; }

    /// <summary>All that failed. What the caller cancelled has not failed and is not in here.</summary>
    public ErrorTotals Totals { get; init; } = new();

    /// <summary>By category, in the order of <see cref="ErrorCategory"/>; cancelled attempts are here too.</summary>
    public IReadOnlyList<KeyValuePair<ErrorCategory, ErrorTotals>> Categories { get; init; } = [];

    /// <summary>By category, error type, status and model, most failures first.</summary>
    public IReadOnlyList<ErrorGroup> Groups { get; init; } = [];

    /// <summary>What time is cut into: hours for up to two days, then days, weeks and months.</summary>
    public GroupKind Unit { get; init; } = GroupKind.Day;

    /// <summary>How many failed over time, from the ledger's first attempt in the period to its last, without a hole.</summary>
    public IReadOnlyList<ErrorSlot> Slots { get; init; } = [];

    /// <summary>The worst of each of the ten groups with most failures.</summary>
    public IReadOnlyList<CallRecord> Examples { get; init; } = [];
}
