namespace CostLedger.Querying.Caching.Findings;

/// <summary>How near forecasts of reads came.</summary>
/// <param name="Calls">Calls of which it was foreseen what they read, and then told.</param>
/// <param name="Right">Those that read so much, within half a percent or eight tokens.</param>
/// <param name="More">Those that read more.</param>
/// <param name="Less">Those that read less.</param>
/// <param name="ExpectedTokens">The tokens that were foreseen.</param>
/// <param name="ReadTokens">The tokens that these calls read.</param>
public readonly record struct ForecastAccuracy(long Calls, long Right, long More, long Less, long ExpectedTokens, long ReadTokens);
