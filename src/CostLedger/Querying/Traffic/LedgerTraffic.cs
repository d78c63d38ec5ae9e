namespace CostLedger.Querying.Traffic;

/// <summary>The calls of a period in the order they were sent, and the tree of their prompts.</summary>
/// <param name="Prompts">The prompts of all calls of the ledger.</param>
/// <param name="Calls">The calls. Every enumeration reads anew, one call at a time; end or dispose it.</param>
public sealed record LedgerTraffic(PromptTree Prompts, IEnumerable<TrafficCall> Calls);
