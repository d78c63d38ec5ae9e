namespace Telemetry.Handler.Estimating;

/// <summary>What a tokenizer counts of the output that has arrived.</summary>
/// <param name="Text">Tokens of text blocks.</param>
/// <param name="Thinking">Tokens of thinking that was shown.</param>
/// <param name="ToolInput">Tokens of the JSON of tool inputs.</param>
/// <param name="ToolBlocks">Tool calls that were begun.</param>
/// <param name="ThinkingTold">The thinking tokens that the stream itself told of so far; null when it did not.</param>
internal readonly record struct OutputCounted(long Text, long Thinking, long ToolInput, int ToolBlocks, long? ThinkingTold);
