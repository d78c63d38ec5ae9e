using CostLedger.Records;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>One of many requests, in short.</summary>
/// <param name="Place">Which, from 1.</param>
/// <param name="Line">The line that it stands on.</param>
/// <param name="CustomId">Its id in a batch.</param>
/// <param name="Model">The model.</param>
/// <param name="InputTokens">Its input tokens.</param>
/// <param name="Cost">Its cost; null without a price.</param>
/// <param name="Findings">How many findings there are.</param>
internal sealed record EstimateRow(long Place, long? Line, string? CustomId, string? Model, long InputTokens, NanoUsd? Cost, int Findings);
