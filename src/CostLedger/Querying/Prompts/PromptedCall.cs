using CostLedger.Records;

namespace CostLedger.Querying.Prompts;

/// <summary>A call and what it asked for.</summary>
/// <param name="Call">The call; its path names no new nodes.</param>
/// <param name="Prompt">Its prompt.</param>
public sealed record PromptedCall(CallRecord Call, StoredPrompt Prompt);
