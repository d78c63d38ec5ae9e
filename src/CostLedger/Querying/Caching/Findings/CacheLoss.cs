using CostLedger.Records;

namespace CostLedger.Querying.Caching.Findings;

/// <summary>What losses of the prompt cache come to.</summary>
/// <param name="Count">How many calls lost something.</param>
/// <param name="Tokens">Tokens that could have been read, and were not.</param>
/// <param name="Cost">What these calls cost more than with these tokens read.</param>
/// <param name="Unpriced">Those of the calls that have no price, and are not in the cost.</param>
public readonly record struct CacheLoss(long Count, long Tokens, NanoUsd Cost, long Unpriced);
