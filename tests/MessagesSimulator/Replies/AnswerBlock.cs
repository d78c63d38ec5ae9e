namespace MessagesSimulator.Replies;

/// <summary>A block of an answer as it is sent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Tokens">Its text, cut into the tokens it was generated in.</param>
/// <param name="ExtraTokens">Tokens beside the text: a tool's name.</param>
internal sealed record AnswerBlock(ReplyBlockKind Kind, IReadOnlyList<string> Tokens, int ExtraTokens)
{
    public string Text => string.Concat(Tokens);

    /// <summary>Whether the reader does not see the text (<c>thinking.display: omitted</c>); its tokens count all the same.</summary>
    public bool Hidden { get; init; }

    public string? ToolId { get; init; }

    public string? ToolName { get; init; }

    public int TokenCount => Tokens.Count + ExtraTokens;
}
