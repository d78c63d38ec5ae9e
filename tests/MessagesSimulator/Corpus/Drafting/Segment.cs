using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus.Drafting;

/// <summary>A block of a prompt, as the corpus counts it.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Index">Its place among the blocks of the level.</param>
/// <param name="Path">Its place in the request.</param>
/// <param name="Kind">Its type.</param>
/// <param name="TokensSoFar">The tokens up to and with it.</param>
/// <param name="Mark">The lifetime of the breakpoint on it; null: none.</param>
internal sealed record Segment(PromptLevel Level, int Index, string Path, string Kind, int TokensSoFar, TimeSpan? Mark);
