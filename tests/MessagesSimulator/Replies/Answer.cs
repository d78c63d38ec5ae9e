namespace MessagesSimulator.Replies;

/// <summary>An answer as it is sent.</summary>
internal sealed record Answer
{
    public required string MessageId { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<AnswerBlock> Blocks { get; init; }

    public required string StopReason { get; init; }

    public string? StopSequence { get; init; }

    public string? RefusalCategory { get; init; }

    public int WebSearches { get; init; }

    public int OutputTokens => Blocks.Sum(block => block.TokenCount);

    public int ThinkingTokens => Blocks.Where(block => block.Kind == ReplyBlockKind.Thinking).Sum(block => block.TokenCount);
}
