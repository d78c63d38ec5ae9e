namespace CostLedger.Querying.Errors;

/// <summary>How many attempts of an hour, a day, a week or a month failed.</summary>
/// <param name="Name">The time, named as in the keys of <see cref="LedgerReader.Usage"/>.</param>
/// <param name="Attempts">All attempts.</param>
/// <param name="Failed">Those that failed; cancelled ones are not among them.</param>
public sealed record ErrorSlot(string Name, long Attempts, long Failed);
