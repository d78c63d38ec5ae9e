using CostLedger.Records;

namespace CostLedger.Querying.Tools;

/// <summary>A round as the ledger has it.</summary>
/// <param name="Call">The call that brought its result.</param>
/// <param name="Tool">The tool's name, an id in <c>strings</c>; 0 for none.</param>
/// <param name="IsServer">Whether the provider ran it.</param>
/// <param name="IsError">Whether the result is an error.</param>
/// <param name="UseTokens">The tokens of the call.</param>
/// <param name="ResultTokens">The tokens of the result.</param>
internal readonly record struct StoredRound(CallId Call, long Tool, bool IsServer, bool IsError, double UseTokens, double ResultTokens);
