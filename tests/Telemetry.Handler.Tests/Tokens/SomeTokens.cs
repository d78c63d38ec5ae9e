using System.Text;
using Telemetry.Handler.Tokens;

namespace Telemetry.Handler.Tests.Tokens;

/// <summary>Tokenizers and texts for tests.</summary>
internal static class SomeTokens
{
    private static readonly string[] Parts =
    [
        "a", "word", " word", "UPPER", "'s", "'LL", " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "12", "12345", "½", "é", "e\u0301", "ǅ", "ʰ",
        "文字", "カナ", "한국", "🎉", "𝒳", "...", "/", "=>", "{\"k\":", "_", "\0", "\u200B",
    ];

    public static TokenCounter Counter(string name) =>
        string.Equals(name, "cl100k_base", StringComparison.Ordinal) ? TokenCounter.Cl100kBase : TokenCounter.O200kBase;

    public static string VectorFile(string name) => Path.Combine(AppContext.BaseDirectory, "Tokens", "Vectors", $"{name}.jsonl");

    /// <summary>A text of what the patterns treat differently.</summary>
    public static string Text(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var left = random.Next(30); left > 0; left--)
        {
            text.Append(Parts[random.Next(Parts.Length)]);
        }

        return text.ToString();
    }

    /// <summary>The same, now and then damaged: cut in a character, with bytes that are no UTF-8, or all noise.</summary>
    public static byte[] Bytes(int seed)
    {
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(Text(seed));
        switch (seed % 4)
        {
            case 1:
                return bytes[..random.Next(bytes.Length + 1)];
            case 2 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 3:
                bytes = new byte[random.Next(60)];
                random.NextBytes(bytes);
                return bytes;
            default:
                return bytes;
        }
    }
}
