namespace CostLedger.Pricing.Rows;

/// <summary>The tokens of the hidden system prompt that a request with tools is charged for.</summary>
/// <param name="Auto">With <c>tool_choice</c> auto or none.</param>
/// <param name="Forced">With <c>tool_choice</c> any or tool.</param>
public sealed record ToolPromptTokens(int Auto, int Forced);
