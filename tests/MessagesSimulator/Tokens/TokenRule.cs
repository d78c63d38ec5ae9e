namespace MessagesSimulator.Tokens;

/// <summary>
/// How the simulator counts tokens: by words, or by a number of bytes a token, which a test can work out without the simulator; and what
/// the frame around the text counts.
/// </summary>
public sealed record TokenRule
{
    /// <summary>Words, as <see cref="Tokenizer"/> cuts them.</summary>
    public static TokenRule Words { get; } = new();

    /// <summary>A token for every four bytes of UTF-8, rounded up for each text by itself, and no hidden prompt for tools.</summary>
    public static TokenRule Bytes { get; } = new() { BytesPerToken = 4, HasHiddenToolPrompt = false };

    /// <summary>The bytes of a token; 0: tokens are words.</summary>
    public int BytesPerToken { get; init; }

    /// <summary>Tokens of a change of the speaker.</summary>
    public int PerMessage { get; init; } = 3;

    /// <summary>Tokens that open the assistant's turn; they are never cached.</summary>
    public int PerAnswer { get; init; } = 3;

    /// <summary>Tokens of the frame around a tool's definition.</summary>
    public int PerTool { get; init; } = 12;

    /// <summary>Tokens of an image: the documented most of the standard resolution; sizes are not looked at.</summary>
    public int PerImage { get; init; } = 1568;

    /// <summary>Tokens of a document that is no plain text.</summary>
    public int PerPage { get; init; } = 2000;

    /// <summary>Whether the first tool brings along the model's hidden prompt.</summary>
    public bool HasHiddenToolPrompt { get; init; } = true;

    /// <summary>Counts a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its tokens.</returns>
    public int Count(ReadOnlySpan<char> text) => BytesPerToken == 0
        ? Tokenizer.Count(text)
        : (System.Text.Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
