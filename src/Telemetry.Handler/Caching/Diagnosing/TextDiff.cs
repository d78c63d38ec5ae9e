using System.Text;
using Telemetry.Handler.Content.Texts;

namespace Telemetry.Handler.Caching.Diagnosing;

/// <summary>Shows what of a text changed, in few words; used only where content is captured.</summary>
internal static class TextDiff
{
    private const int Before = 24;
    private const int After = 40;

    /// <summary>The change: <c>…It is 12:0[0. Be…] -> [1. Be…]</c>.</summary>
    /// <param name="before">The text as it was.</param>
    /// <param name="after">The text as it is.</param>
    /// <param name="at">The first byte that differs.</param>
    public static string Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int at)
    {
        // No character is cut in two.
        while (at > 0 && (IsInside(before, at) || IsInside(after, at)))
        {
            at--;
        }

        var start = Math.Max(0, at - Before);
        while (start < at && IsInside(after, start))
        {
            start++;
        }

        return $"{(start > 0 ? "…" : "")}{Text(after[start..at])}[{Rest(before[at..])}] -> [{Rest(after[at..])}]";
    }

    private static bool IsInside(ReadOnlySpan<byte> text, int at) => at < text.Length && (text[at] & 0xC0) == 0x80;

    private static string Rest(ReadOnlySpan<byte> text)
    {
        var length = Math.Min(After, text.Length);
        while (length > 0 && IsInside(text, length))
        {
            length--;
        }

        return Text(text[..length]) + (length < text.Length ? "…" : "");
    }

    private static string Text(ReadOnlySpan<byte> text) => SecretMask.Apply(Encoding.UTF8.GetString(text));
}
