using CostLedger.Records;

namespace Telemetry.Handler.Spans;

/// <summary>What a call is expected to do with the prompt cache, beside what its estimate says.</summary>
/// <param name="WriteTokens">Tokens that it will write; null where it has no breakpoint.</param>
/// <param name="Cost">What its prompt costs; null without a price, or where it has no breakpoint.</param>
/// <param name="Break">What it will lose; null: nothing.</param>
internal readonly record struct ExpectedCache(long? WriteTokens, NanoUsd? Cost, CacheBreak? Break = null);
