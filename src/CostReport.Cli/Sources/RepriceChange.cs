using CostLedger.Records;

namespace CostReport.Cli.Sources;

/// <summary>Attempts of one model whose cost changes for one cause.</summary>
/// <param name="Model">The model; null when unknown.</param>
/// <param name="Cause">The cause's name: <c>was_unpriced</c>, <c>price_changed</c>, …</param>
/// <param name="Attempts">How many.</param>
/// <param name="Before">Their cost before.</param>
/// <param name="After">Their cost after.</param>
/// <param name="Example">The first of them.</param>
internal sealed record RepriceChange(string? Model, string Cause, long Attempts, NanoUsd Before, NanoUsd After, CallId? Example);
