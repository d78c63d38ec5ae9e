using MessagesSimulator.Prompts;

namespace MessagesSimulator.Corpus;

/// <summary>What a diagnosis is to say of the last request of a case.</summary>
public sealed record CorpusLabel
{
    /// <summary>The reason, one of <see cref="CorpusReasons"/>; null: nothing is wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>The level of the change; where the cause is no level's (time, the caller, the provider), that of <see cref="LostFrom"/>. Null:
    /// nothing is lost.</summary>
    public PromptLevel? Level { get; init; }

    /// <summary>The level of the first block that is not read: earlier than the change where no entry ends between. Null: nothing is lost.</summary>
    public PromptLevel? LostFrom { get; init; }

    /// <summary>The place of the block that differs among the blocks of its level; null where the reason is no block's.</summary>
    public int? Segment { get; init; }

    /// <summary>The same place in the request, as in <c>messages[2].content[0]</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The first byte of the block's text that differs, as UTF-8; null where no text was changed.</summary>
    public int? TextByte { get; init; }

    /// <summary>The tokens that it should have read.</summary>
    public required int ExpectedReadTokens { get; init; }

    /// <summary>The part of them that it did not read.</summary>
    public required int LostTokens { get; init; }
}
