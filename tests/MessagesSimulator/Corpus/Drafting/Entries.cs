namespace MessagesSimulator.Corpus.Drafting;

/// <summary>
/// The documented rules of the cache, worked out on positions in one conversation: what is written at breakpoints, read by looking back
/// from them, refreshed by reading, and gone after its lifetime.
/// </summary>
/// <param name="minimum">The shortest prefix that is cached.</param>
internal sealed class Entries(int minimum)
{
    private const int LookedAt = 20; // The breakpoint's own position is the first.

    private readonly Dictionary<int, (TimeSpan Ttl, TimeSpan LastUse, TimeSpan ReadableFrom)> _entries = [];

    /// <summary>The last position that a request reads.</summary>
    /// <param name="segments">The blocks of the request.</param>
    /// <param name="at">When it starts.</param>
    /// <param name="intact">How many of its positions, from the first on, are as they were.</param>
    /// <returns>The position; -1: nothing is read.</returns>
    public int Read(IReadOnlyList<Segment> segments, TimeSpan at, int intact) => Marked(segments)
        .Reverse()
        .SelectMany(breakpoint => Enumerable.Range(0, LookedAt).Select(back => breakpoint - back))
        .Where(position => position < intact && IsReadable(position, at))
        .FirstOrDefault(-1);

    /// <summary>Notes what a request uses and writes.</summary>
    /// <param name="segments">The blocks of the request.</param>
    /// <param name="at">When it starts.</param>
    /// <param name="answerAt">When its answer begins.</param>
    /// <param name="read">The position that it reads.</param>
    public void Note(IReadOnlyList<Segment> segments, TimeSpan at, TimeSpan answerAt, int read)
    {
        foreach (var position in Marked(segments).Where(position => position < read).Append(read))
        {
            if (IsReadable(position, at))
            {
                _entries[position] = _entries[position] with { LastUse = at };
            }
        }

        foreach (var position in Marked(segments).Where(position => position > read && segments[position].TokensSoFar >= minimum))
        {
            _entries[position] = (segments[position].Mark!.Value, at, answerAt);
        }
    }

    /// <summary>The longest entries are lost.</summary>
    /// <param name="count">How many.</param>
    public void Lose(int count)
    {
        foreach (var position in _entries.Keys.OrderDescending().Take(count).ToList())
        {
            _entries.Remove(position);
        }
    }

    private bool IsReadable(int position, TimeSpan at) =>
        _entries.TryGetValue(position, out var entry) && entry.ReadableFrom <= at && at < entry.LastUse + entry.Ttl;

    private static IEnumerable<int> Marked(IReadOnlyList<Segment> segments) =>
        Enumerable.Range(0, segments.Count).Where(position => segments[position].Mark is not null);
}
