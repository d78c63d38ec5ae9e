using CostLedger.Records;

namespace CostLedger.Repricing;

/// <summary>Attempts of one model whose costs change for one cause.</summary>
/// <param name="Model">The model served, else requested; null when unknown.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Attempts">How many attempts.</param>
/// <param name="Before">The sum of their stored costs; an unpriced attempt adds nothing.</param>
/// <param name="After">The sum of their new costs; an unpriced attempt adds nothing.</param>
/// <param name="Examples">The first of them, at most three; none for <see cref="RepriceCause.Same"/>.</param>
public sealed record RepriceGroup(
    string? Model,
    RepriceCause Cause,
    long Attempts,
    NanoUsd Before,
    NanoUsd After,
    IReadOnlyList<RepriceExample> Examples);
