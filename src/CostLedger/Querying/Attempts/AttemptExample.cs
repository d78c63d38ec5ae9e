using CostLedger.Records;

namespace CostLedger.Querying.Attempts;

/// <summary>A call that wasted much.</summary>
/// <param name="Id">Its first attempt in the ledger.</param>
/// <param name="Model">The model that was asked for; null when not known.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Wasted">Its attempts whose answer was not used.</param>
/// <param name="Waited">Time between its attempts.</param>
/// <param name="Errors">What went wrong, attempt by attempt.</param>
public sealed record AttemptExample(
    CallId Id, string? Model, CallOutcome Outcome, Waste Wasted, TimeSpan Waited, IReadOnlyList<string> Errors);
