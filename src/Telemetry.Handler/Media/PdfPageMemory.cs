namespace Telemetry.Handler.Media;

/// <summary>
/// Remembers how many pages the last documents had: a document is sent again with every turn, and counted more than once in each.
/// Bounded: each place holds the last document that fell to it. Thread-safe.
/// </summary>
internal static class PdfPageMemory
{
    private const int Places = 256;

    private static readonly (UInt128 Key, int? Pages, bool IsTaken)[] Counts = new (UInt128, int?, bool)[Places];
    private static readonly Lock Gate = new();

    /// <summary>The pages of a document, counted where they are not remembered.</summary>
    /// <param name="key">Tells the document from all others: made from a hash of it.</param>
    /// <param name="base64">The document as base64.</param>
    /// <returns>The number; null where none can be found.</returns>
    public static int? Of(UInt128 key, ReadOnlySpan<byte> base64)
    {
        // Of another length it is another document, also where the hash was made of its name alone.
        key += (UInt128)(uint)base64.Length << 32;
        ref var place = ref Counts[(int)(key % Places)];
        lock (Gate)
        {
            if (place.IsTaken && place.Key == key)
            {
                return place.Pages;
            }
        }

        var pages = PdfPages.Count(base64);
        lock (Gate)
        {
            place = (key, pages, true);
        }

        return pages;
    }
}
