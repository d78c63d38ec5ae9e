namespace Telemetry.Handler.Estimating.Prompts;

/// <summary>One block of a prompt: a tool, a block of the system prompt, a block of a message.</summary>
/// <param name="Place">Where it is, for example <c>tools[3] "get_weather"</c>, <c>system[0]</c>, <c>messages[2].content[0]</c>.</param>
/// <param name="Source">What it is.</param>
/// <param name="Tokens">Its input tokens, frames included.</param>
/// <param name="Start">Where it begins in the body, in bytes.</param>
/// <param name="Length">Its length in the body, in bytes.</param>
/// <param name="CacheLifetime">How long the prompt up to its end is to be cached; null where it is no breakpoint.</param>
public sealed record SegmentEstimate(string Place, PromptSource Source, long Tokens, int Start, int Length, TimeSpan? CacheLifetime);
