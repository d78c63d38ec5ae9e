using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Telemetry.Handler.Segments;

namespace Telemetry.Handler.Caching.Model;

/// <summary>The breakpoints of a prompt, in order, automatic caching included.</summary>
internal static class Marks
{
    /// <summary>The most breakpoints of a request that the API takes; it refuses others.</summary>
    public const int Most = 4;

    /// <summary>Finds them.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="places">Takes the breakpoints; of more than fit, which the API refuses, the last are kept.</param>
    /// <returns>How many there are.</returns>
    public static int Find(SegmentedPrompt prompt, Span<Mark> places)
    {
        var segments = CollectionsMarshal.AsSpan(prompt.Segments);
        var count = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Breakpoint != CacheLifetime.None)
            {
                Add(places, ref count, new Mark(i, segments[i].Breakpoint));
            }
        }

        if (prompt.Automatic == CacheLifetime.None)
        {
            return count;
        }

        var last = segments.Length - 1;
        while (last >= 0 && !CanBeMarked(segments[last]))
        {
            last--;
        }

        if (last >= 0 && segments[last].Breakpoint == CacheLifetime.None)
        {
            Insert(places, ref count, new Mark(last, prompt.Automatic));
        }

        return count;
    }

    // Thinking and empty text cannot be marked; automatic caching goes back to what can.
    private static bool CanBeMarked(in Segment segment) =>
        segment.Kind is not (SegmentKind.Thinking or SegmentKind.RedactedThinking) && (segment.Kind != SegmentKind.Text || segment.TextLength > 0);

    private static void Add(Span<Mark> places, ref int count, Mark mark)
    {
        if (count == places.Length)
        {
            places[1..].CopyTo(places);
            count--;
        }

        places[count++] = mark;
    }

    private static void Insert(Span<Mark> places, ref int count, Mark mark)
    {
        Add(places, ref count, mark);
        for (var i = count - 1; i > 0 && places[i].Index < places[i - 1].Index; i--)
        {
            (places[i], places[i - 1]) = (places[i - 1], places[i]);
        }
    }

    /// <summary>Room for the breakpoints of one request.</summary>
    [InlineArray(Most)]
    internal struct Buffer
    {
        private Mark _first;
    }
}
