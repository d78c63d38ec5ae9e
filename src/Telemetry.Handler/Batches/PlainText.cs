using System.Text;
using System.Text.Unicode;

namespace Telemetry.Handler.Batches;

/// <summary>Ids and names as they are stored: whole, readable, and nothing else.</summary>
internal static class PlainText
{
    private const byte Delete = 0x7F;
    private const byte LastControl = 0x1F;

    /// <summary>Turns the text of a JSON string into an id or a name.</summary>
    /// <param name="text">Its unescaped beginning.</param>
    /// <param name="size">The size of the whole.</param>
    /// <returns>Null where it is empty, longer than what was kept of it, no UTF-8, or has control characters.</returns>
    public static string? Decode(ReadOnlySpan<byte> text, long size)
    {
        var isPlain = !text.IsEmpty && size == text.Length && Utf8.IsValid(text)
            && !text.ContainsAnyInRange((byte)0, LastControl) && !text.Contains(Delete);
        return isPlain ? Encoding.UTF8.GetString(text) : null;
    }
}
