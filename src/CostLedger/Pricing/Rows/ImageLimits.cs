namespace CostLedger.Pricing.Rows;

/// <summary>What an image is scaled down to before its tokens are counted.</summary>
/// <param name="MaxEdge">The longest edge, in pixels.</param>
/// <param name="MaxTokens">The most tokens.</param>
public sealed record ImageLimits(int MaxEdge, int MaxTokens);
