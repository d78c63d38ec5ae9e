namespace MessagesSimulator.Prompts;

/// <summary>One block of a prompt: a tool, a system block, a block of a message.</summary>
/// <param name="Level">Where it stands.</param>
/// <param name="Kind">Its <c>type</c>.</param>
/// <param name="Tokens">Its own tokens.</param>
/// <param name="TokensSoFar">Tokens of the prompt up to and with this block.</param>
/// <param name="PrefixHash">A hash of everything up to and with this block that the cache depends on.</param>
/// <param name="OwnHash">A hash of the block alone.</param>
/// <param name="Bytes">Its length as JSON.</param>
/// <param name="Mark">The breakpoint set on it, if any.</param>
/// <param name="CanBeMarked">Whether a breakpoint may be set on it.</param>
internal sealed record PromptBlock(
    PromptLevel Level,
    string Kind,
    int Tokens,
    int TokensSoFar,
    string PrefixHash,
    string OwnHash,
    int Bytes,
    CacheTtl? Mark,
    bool CanBeMarked)
{
    /// <summary>Whether it is what a tool of the server gave.</summary>
    public bool IsServerResult => Kind is not "tool_result" && Kind.EndsWith("_tool_result", StringComparison.Ordinal);
}
