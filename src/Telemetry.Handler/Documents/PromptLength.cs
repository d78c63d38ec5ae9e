namespace Telemetry.Handler.Documents;

/// <summary>The true size of a prompt that was too long, which the API tells in the text of its refusal.</summary>
internal static class PromptLength
{
    // "prompt is too long: 200027 tokens > 200000 maximum"
    // "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, …"
    /// <summary>Finds it.</summary>
    /// <param name="message">The text of an error.</param>
    /// <returns>The prompt's tokens; null where the error is another one.</returns>
    public static long? Find(ReadOnlySpan<byte> message) =>
        NumberBetween(message, "prompt is too long: "u8, " tokens"u8) ?? NumberBetween(message, "exceed context limit: "u8, " + "u8);

    private static long? NumberBetween(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var start = message.IndexOf(before);
        if (start < 0)
        {
            return null;
        }

        var rest = message[(start + before.Length)..];
        var end = rest.IndexOf(after);
        return end > 0 && Counts.TryParse(rest[..end], out var tokens) ? tokens : null;
    }
}
