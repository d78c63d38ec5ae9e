namespace Testing.Recorded;

/// <summary>A recorded request and the input tokens that its answer told.</summary>
public sealed record RecordedPrompt
{
    /// <summary>The recording.</summary>
    public required string Id { get; init; }

    /// <summary>The repository that it is from.</summary>
    public required string Source { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The request's body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The beta features that were asked for, as the header has them.</summary>
    public required string Betas { get; init; }

    /// <summary>The type of thinking that was asked for; null when none was.</summary>
    public string? Thinking { get; init; }

    /// <summary>Input tokens, those of the cache included.</summary>
    public required long Input { get; init; }

    /// <summary>Whether the input is text, tools and their results alone, all of it in the request.</summary>
    public required bool IsTextOnly { get; init; }
}
