namespace CostLedger.Records.Prompts;

/// <summary>A place up to which a prompt is to be cached (<c>cache_control</c>).</summary>
/// <param name="Depth">How many blocks the prefix has, from 1.</param>
/// <param name="Lifetime">How long it is to be cached.</param>
public readonly record struct PromptBreakpoint(int Depth, PromptLifetime Lifetime);
