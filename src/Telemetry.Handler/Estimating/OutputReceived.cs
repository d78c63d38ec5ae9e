namespace Telemetry.Handler.Estimating;

/// <summary>How much of an answer arrived before it broke off.</summary>
/// <param name="TextBytes">UTF-8 bytes of text blocks.</param>
/// <param name="ThinkingBytes">UTF-8 bytes of thinking that was shown; it may be a summary of more.</param>
/// <param name="ToolInputBytes">UTF-8 bytes of JSON that the model wrote as tool input.</param>
/// <param name="ToolBlocks">Tool calls that were begun.</param>
/// <param name="IsThinkingHidden">Whether there was thinking of which nothing was shown.</param>
/// <param name="ThinkingTokens">The thinking tokens that the stream itself told of so far; null when it did not.</param>
internal readonly record struct OutputReceived(
    long TextBytes,
    long ThinkingBytes,
    long ToolInputBytes,
    int ToolBlocks,
    bool IsThinkingHidden,
    long? ThinkingTokens);
